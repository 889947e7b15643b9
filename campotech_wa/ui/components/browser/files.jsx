// The files of a message: pictures, videos, stickers, documents; on their way, here, or out of reach.
import { lazy, Suspense, useState } from "react";
import { CircleAlert, Download, File, FileArchive, FileSpreadsheet, FileText, Image, LoaderCircle, Play, RotateCw, Sticker, Video } from "lucide-react";
import { clock, VoicePlayer } from "./player.jsx";
import { useWords } from "./words.jsx";

const Viewer = lazy(() => import("./viewer.jsx"));
const UNITS = ["B", "KB", "MB", "GB"];

export function bytes(size) {
  const step = size > 0 ? Math.min(Math.floor(Math.log(size) / Math.log(1000)), 3) : 0;
  const amount = size / 1000 ** step;
  return `${step > 1 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[step]}`;
}

export function Files({ files, isOurs, onFetch }) {
  const [open, setOpen] = useState(null);
  const shown = files.map((file) => <OneFile key={file.id} file={file} isOurs={isOurs} onFetch={onFetch} onOpen={setOpen} />);
  return (
    <div className="files" data-count={files.length > 1 ? "many" : "one"}>
      {shown}
      {open && (
        <Suspense fallback={null}>
          <Viewer file={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

function OneFile({ file, isOurs, onFetch, onOpen }) {
  if (file.state !== "stored") return <Missing file={file} onFetch={onFetch} />;
  if (file.kind === "image") return <Picture file={file} onOpen={onOpen} />;
  if (file.kind === "sticker") return <img className="sticker" src={file.url} alt="Sticker" width={140} height={140} loading="lazy" />;
  if (file.kind === "video") return <Film file={file} />;
  if (file.kind === "audio") return <VoicePlayer file={file} isOurs={isOurs} />;
  return <Paper file={file} />;
}

// The place that a picture takes is known before it has loaded: nothing jumps.
function proportions(file) {
  const ratio = file.width && file.height ? file.width / file.height : 4 / 3;
  const bounded = Math.min(Math.max(ratio, 0.56), 2.2);
  return { aspectRatio: String(bounded), width: Math.round(Math.min(320, 360 * bounded)) };
}

function Picture({ file, onOpen }) {
  const words = useWords();
  return (
    <button type="button" className="picture" style={proportions(file)} onClick={() => onOpen(file)} aria-label={words.open_picture}>
      <img src={file.thumbnail_url || file.url} alt={words.photo} loading="lazy" />
    </button>
  );
}

function Film({ file }) {
  const words = useWords();
  const [isPlaying, play] = useState(false);
  const source = file.play_url || file.url;
  if (isPlaying) return <video className="film" style={proportions(file)} src={source} poster={file.thumbnail_url} controls autoPlay playsInline />;
  return (
    <button type="button" className="picture film" style={proportions(file)} onClick={() => play(true)} aria-label={words.play}>
      {file.thumbnail_url && <img src={file.thumbnail_url} alt={words.video} loading="lazy" />}
      <span className="film-play"><Play size={24} fill="currentColor" /></span>
      {file.duration_ms > 0 && <span className="film-time">{clock(file.duration_ms / 1000)}</span>}
    </button>
  );
}

const PAPERS = [
  [/\.(xlsx?|csv|ods)$/i, FileSpreadsheet],
  [/\.(zip|rar|7z|gz)$/i, FileArchive],
  [/\.(pdf|docx?|odt|txt|rtf)$/i, FileText],
];

function Paper({ file }) {
  const words = useWords();
  const name = file.filename || words.document;
  const [, Icon] = PAPERS.find(([pattern]) => pattern.test(name)) || [null, File];
  const kind = name.includes(".") ? name.split(".").pop().slice(0, 5).toUpperCase() : "";
  return (
    <a className="paper" href={file.url} download={name} data-kind={kind}>
      <span className="paper-icon"><Icon size={24} /></span>
      <span className="paper-name">
        <strong dir="auto">{name}</strong>
        <small>{[kind, file.size > 0 && bytes(file.size)].filter(Boolean).join(" · ")}</small>
      </span>
      <Download size={20} aria-label={words.download} />
    </a>
  );
}

const KINDS = { image: Image, video: Video, sticker: Sticker, audio: Play, document: FileText };

function Missing({ file, onFetch }) {
  const words = useWords();
  const Icon = KINDS[file.kind] || FileText;
  const isPending = file.state === "pending";
  const said = words.file_errors[file.error] || words.file_states[file.state] || words.file_states.failed;
  return (
    <div className="missing" data-file={file.state} data-kind={file.kind} role="status">
      <span className="missing-icon">{isPending ? <LoaderCircle size={22} className="turning" /> : <Icon size={22} />}</span>
      <span>
        {said}
        {file.filename && <small dir="auto">{file.filename}</small>}
      </span>
      {(file.state === "failed" || file.state === "expired") && onFetch && (
        <button type="button" className="quiet" onClick={() => onFetch(file.id)}>
          <RotateCw size={14} /> {words.retry}
        </button>
      )}
      {!isPending && file.state !== "failed" && file.state !== "expired" && <CircleAlert size={16} aria-hidden />}
    </div>
  );
}
