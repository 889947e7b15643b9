// A picture as large as the screen. Loaded when the first one is opened.
import { useEffect, useRef } from "react";
import { Download, X } from "lucide-react";
import { useWords } from "./words.jsx";

export default function Viewer({ file, onClose }) {
  const words = useWords();
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const name = file.filename || `${words.photo}.jpg`;
  return (
    <dialog ref={dialog} className="viewer" onClose={onClose} onClick={() => dialog.current.close()} aria-label={words.photo}>
      <header>
        <a href={file.url} download={name} onClick={(event) => event.stopPropagation()} aria-label={words.download} title={words.download}>
          <Download size={22} />
        </a>
        <button type="button" aria-label={words.close} title={words.close}><X size={24} /></button>
      </header>
      <img src={file.play_url || file.url} alt={words.photo} onClick={(event) => event.stopPropagation()} />
    </dialog>
  );
}
