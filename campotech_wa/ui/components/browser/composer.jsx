// Where staff write: words, files, a recording, or a form; and above it what is not sent yet.
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Mic, RotateCw, SendHorizontal, X } from "lucide-react";
import { AttachMenu } from "./attach.jsx";
import { useIsOpen } from "./desk.jsx";
import { canRecord, Recorder } from "./recorder.jsx";
import { QueueHint } from "./standing.jsx";
import { fileMessages } from "./uploads.js";
import { useWords } from "./words.jsx";

const Form = lazy(() => import("./forms.jsx"));
const LONGEST_TEXT = 4096; // of a text message (sending.md 1.4)
const TYPING_EVERY = 20000; // ms; WhatsApp shows "typing" for 25 s (sending.md 1.6)

export function Composer({ conversation, expires, everWrote, refused, unsent, uploads, quoted, setQuoted, onTyping, hint, edit }) {
  const words = useWords();
  const area = useRef(null);
  const typed = useRef(0);
  const [isRecording, record] = useState(false);
  const [form, setForm] = useState(null);
  const isOpen = useIsOpen(expires);
  const { draft } = unsent;
  const tray = uploads.mine.filter((one) => !one.isSent);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 160)}px`;
  }, [draft, isOpen, isRecording]);

  useEffect(() => {
    if (area.current && window.matchMedia("(min-width: 800px)").matches) area.current.focus();
  }, [conversation, isOpen, quoted, edit.editing?.id]);

  useEffect(() => {
    record(false);
    setForm(null);
  }, [conversation]);

  const context = () => (quoted ? { message_id: quoted.wamid } : null);
  const answering = (message) => ({ ...message, ...(quoted ? { context: context() } : {}) });

  const onChange = (event) => {
    unsent.write(event.target.value);
    if (event.target.value.trim() && Date.now() - typed.current > TYPING_EVERY) {
      typed.current = Date.now();
      onTyping(conversation);
    }
  };

  const send = () => {
    const text = draft.trim();
    if (!isOpen || (!text && tray.length === 0)) return;
    if (edit.editing) {
      edit.save(asText(text));
    } else if (tray.length > 0) {
      tray.forEach((one, index) => uploads.change(one.key, { isSent: true, context: context(), ...(index === 0 && text ? { caption: text } : {}) }));
      unsent.write("");
    } else {
      unsent.send(answering(asText(text)), { keepDraft: false });
    }
    typed.current = 0;
    setQuoted(null);
    area.current?.focus();
  };

  const sendForm = (message, filled) => {
    unsent.send(answering(message), { form: filled });
    setQuoted(null);
    setForm(null);
  };

  const sendVoice = (file) => {
    uploads.add([file], { isVoice: true, kind: "audio", isSent: true, context: context() });
    record(false);
    setQuoted(null);
  };

  const onKeyDown = (event) => {
    if (event.key === "Escape" && edit.editing) edit.stop();
    else if (event.key === "Escape" && quoted) setQuoted(null);
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event) => {
    const files = Array.from(event.clipboardData.files);
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };

  const editUnsent = (one) => {
    unsent.drop(one.key);
    if (one.form) setForm(one.form);
    else unsent.write([draft, one.message.text?.body].filter(Boolean).join("\n"));
  };

  const canSend = Boolean(draft.trim()) || tray.length > 0;
  return (
    <div className="composer">
      <Waiting unsent={unsent} uploads={uploads} refused={refused} onEdit={editUnsent} />
      {!isOpen && <p className="composer-closed" role="status">{everWrote ? words.window_closed_hint : words.window_never}</p>}
      <QueueHint hint={hint} />
      {isOpen && edit.editing && <EditStrip onClose={edit.stop} />}
      {isOpen && quoted && !edit.editing && <QuoteStrip quoted={quoted} onClose={() => setQuoted(null)} />}
      {isOpen && tray.length > 0 && <Tray tray={tray} uploads={uploads} />}
      {isOpen && isRecording && <Recorder onDone={sendVoice} onCancel={() => record(false)} />}
      {isOpen && !isRecording && (
        <div className="composer-row">
          <AttachMenu onFiles={(files, kind) => uploads.add(files, { kind })} onForm={(kind) => setForm({ kind, values: null })} />
          <textarea
            ref={area}
            rows={1}
            value={draft}
            maxLength={tray.length > 0 ? 1024 : LONGEST_TEXT}
            placeholder={tray.length > 0 ? words.caption : words.compose}
            aria-label={words.compose}
            data-testid="composer"
            onChange={onChange}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
          {!canSend && canRecord() && (
            <button type="button" className="round" data-testid="record" aria-label={words.record} title={words.record} onClick={() => record(true)}><Mic size={22} /></button>
          )}
          <button type="button" className="send" data-testid="send" aria-label={words.send} title={words.send} disabled={!canSend} onClick={send}><SendHorizontal size={20} /></button>
        </div>
      )}
      {form && (
        <Suspense fallback={null}>
          <Form kind={form.kind} values={form.values} onSend={sendForm} onClose={() => setForm(null)} />
        </Suspense>
      )}
    </div>
  );
}

function asText(body) {
  return { type: "text", text: /\bhttps?:\/\//i.test(body) ? { body, preview_url: true } : { body } };
}

function EditStrip({ onClose }) {
  const words = useWords();
  return (
    <div className="quote-strip" data-testid="edit-strip">
      <span className="quote-words"><strong>{words.changing}</strong></span>
      <button type="button" className="round" aria-label={words.cancel} onClick={onClose}><X size={18} /></button>
    </div>
  );
}

function QuoteStrip({ quoted, onClose }) {
  const words = useWords();
  return (
    <div className="quote-strip" data-testid="quote-strip">
      <span className="quote-words">
        <strong>{quoted.direction === "outbound" ? words.you_alone : words.reply_to}</strong>
        <span dir="auto">{quoted.text || quoted.kind}</span>
      </span>
      <button type="button" className="round" aria-label={words.cancel} onClick={onClose}><X size={18} /></button>
    </div>
  );
}

// --- picked files -----------------------------------------------------------------------------------------------------------

export function Tray({ tray, uploads }) {
  return (
    <ul className="tray" data-testid="tray">
      {tray.map((one) => <TrayFile key={one.key} one={one} uploads={uploads} />)}
    </ul>
  );
}

function TrayFile({ one, uploads }) {
  const words = useWords();
  return (
    <li data-upload={one.state}>
      {one.picture && one.file.type.startsWith("image/") ? <img src={one.picture} alt={one.name} /> : <span className="tray-name" dir="auto">{one.name}</span>}
      <Progress one={one} />
      {one.state === "failed" && <UploadTrouble one={one} uploads={uploads} />}
      <button type="button" className="remove" aria-label={`${words.discard} ${one.name}`} onClick={() => uploads.remove(one.key)}><X size={14} /></button>
    </li>
  );
}

function Progress({ one }) {
  return one.state === "uploading" ? <progress max={1} value={one.progress} aria-label={one.name} /> : null;
}

function UploadTrouble({ one, uploads }) {
  const words = useWords();
  const said = words.upload_errors[one.error?.code] || words.upload_errors.other;
  return (
    <span className="trouble" role="alert">
      {said}
      <button type="button" className="quiet" onClick={() => uploads.again(one.key)}><RotateCw size={13} /> {words.retry}</button>
    </span>
  );
}

// --- what is not sent yet ----------------------------------------------------------------------------------------------------

function Waiting({ unsent, uploads, refused, onEdit }) {
  const leaving = uploads.mine.filter((one) => one.isSent);
  if (unsent.waiting.length + leaving.length === 0) return null;
  return (
    <ul className="unsent" aria-live="polite">
      {leaving.map((one) => <Leaving key={one.key} one={one} uploads={uploads} />)}
      {unsent.waiting.map((one) => <Unsent key={one.key} one={one} reason={refused[one.key]} drop={unsent.drop} onEdit={onEdit} />)}
    </ul>
  );
}

function Leaving({ one, uploads }) {
  const words = useWords();
  return (
    <li data-upload={one.state} data-refused={one.state === "failed" ? "upload" : undefined}>
      <span dir="auto">{one.isVoice ? words.voice : one.name}</span>
      <Progress one={one} />
      {one.state === "failed" ? <UploadTrouble one={one} uploads={uploads} /> : <small>{words.sending}</small>}
      {one.state === "failed" && <button type="button" onClick={() => uploads.remove(one.key)}>{words.discard}</button>}
    </li>
  );
}

function Unsent({ one, reason, drop, onEdit }) {
  const words = useWords();
  const said = <span dir="auto">{summary(one.message, words)}</span>;
  if (!reason) return <li>{said}<small>{words.sending}</small></li>;
  const canEdit = one.form || one.message.type === "text";
  return (
    <li data-refused="yes">
      {said}
      <small role="alert">{reason}</small>
      {canEdit && <button type="button" onClick={() => onEdit(one)}>{words.edit}</button>}
      <button type="button" onClick={() => drop(one.key)}>{words.discard}</button>
    </li>
  );
}

function summary(message, words) {
  const content = message[message.type] || {};
  if (message.type === "reaction") return content.emoji || words.unreact;
  return content.body?.text || content.body || content.caption || content.filename || content.name || words[`attach_${message.type}`] || words[`attach_${content.type}`] || words.message;
}

// What is up and sent leaves the uploads and becomes an unsent message.
export function useLeaving(uploads, unsent) {
  useEffect(() => {
    const one = uploads.all.find((each) => each.isSent && each.state === "done");
    if (!one) return;
    uploads.remove(one.key);
    fileMessages(one).forEach((message) => unsent.send(message, { to: one.conversation }));
  }, [uploads.all]);
}
