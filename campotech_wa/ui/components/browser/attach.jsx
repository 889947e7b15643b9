// The menu of everything that can be sent beside words. Files are picked here; the rest opens a form.
import { useEffect, useRef, useState } from "react";
import { Camera, FileText, Headphones, Image, List, MapPin, MapPinned, Plus, RectangleEllipsis, ShoppingBag, SquareArrowOutUpRight, SquarePen, Sticker, UserRound, GalleryHorizontalEnd, Boxes, Store } from "lucide-react";
import { useWords } from "./words.jsx";

const FILES = [
  ["photo", Image, "image/*,video/*", "", ""],
  ["camera", Camera, "image/*", "", "environment"],
  ["document", FileText, "", "document", ""],
  ["audio", Headphones, "audio/*", "audio", ""],
  ["sticker", Sticker, "image/webp", "sticker", ""],
];
const FORMS = [
  ["location", MapPin],
  ["contacts", UserRound],
  ["button", RectangleEllipsis],
  ["list", List],
  ["cta_url", SquareArrowOutUpRight],
  ["location_request_message", MapPinned],
  ["flow", SquarePen],
  ["product", ShoppingBag],
  ["product_list", Boxes],
  ["catalog_message", Store],
  ["carousel", GalleryHorizontalEnd],
];

export function AttachMenu({ onFiles, onForm }) {
  const words = useWords();
  const [isOpen, open] = useState(false);
  const box = useRef(null);
  const picker = useRef(null);
  const wanted = useRef("");

  useEffect(() => {
    if (!isOpen) return undefined;
    const away = (event) => {
      if (event.key === "Escape" || (event.type === "pointerdown" && !box.current.contains(event.target))) open(false);
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("keydown", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("keydown", away);
    };
  }, [isOpen]);

  const pick = (accept, kind, capture) => {
    Object.assign(picker.current, { accept, multiple: !capture && kind !== "sticker" });
    if (capture) picker.current.setAttribute("capture", capture);
    else picker.current.removeAttribute("capture");
    wanted.current = kind;
    picker.current.click();
    open(false);
  };

  const onPicked = (event) => {
    onFiles(event.target.files, wanted.current);
    event.target.value = "";
  };

  return (
    <div className="attach" ref={box}>
      <button type="button" className="round" data-testid="attach" aria-label={words.attach} title={words.attach} aria-expanded={isOpen} onClick={() => open(!isOpen)}><Plus size={22} /></button>
      <input ref={picker} type="file" multiple hidden data-testid="file-input" onChange={onPicked} />
      {isOpen && (
        <div className="attach-menu" role="menu">
          {FILES.map(([name, Icon, accept, kind, capture]) => (
            <button key={name} type="button" role="menuitem" data-attach={name} className={name === "camera" ? "only-touch" : undefined} onClick={() => pick(accept, kind, capture)}>
              <Icon size={18} /> {words[`attach_${name}`]}
            </button>
          ))}
          <hr />
          {FORMS.map(([name, Icon]) => (
            <button key={name} type="button" role="menuitem" data-attach={name} onClick={() => (open(false), onForm(name))}>
              <Icon size={18} /> {words[`attach_${name}`]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
