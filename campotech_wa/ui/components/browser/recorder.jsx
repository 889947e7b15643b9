// Records a voice note: time runs, one tap sends, another forgets it.
import { useEffect, useRef, useState } from "react";
import { SendHorizontal, Trash2 } from "lucide-react";
import { clock } from "./player.jsx";
import { useWords } from "./words.jsx";

const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const LONGEST = 15 * 60; // seconds; Opus at this rate stays below what WhatsApp takes

export function canRecord() {
  return typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);
}

export function Recorder({ onDone, onCancel }) {
  const words = useWords();
  const [seconds, setSeconds] = useState(0);
  const [trouble, setTrouble] = useState("");
  const tape = useRef(null);

  useEffect(() => {
    let isGone = false;
    navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } }).then(
      (stream) => (isGone ? stop(stream) : begin(stream)),
      () => setTrouble(words.no_microphone),
    );
    return () => {
      isGone = true;
      if (tape.current) stop(tape.current.stream);
    };
  }, []);

  const begin = (stream) => {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) || "";
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 32000 } : {});
    const parts = [];
    recorder.ondataavailable = (event) => event.data.size > 0 && parts.push(event.data);
    recorder.start(250);
    tape.current = { stream, recorder, parts, since: performance.now() };
    setSeconds(0);
  };

  useEffect(() => {
    const timer = setInterval(() => {
      if (!tape.current) return;
      const passed = (performance.now() - tape.current.since) / 1000;
      setSeconds(passed);
      if (passed >= LONGEST) finish();
    }, 200);
    return () => clearInterval(timer);
  }, []);

  const finish = () => {
    const now = tape.current;
    if (!now || now.recorder.state === "inactive") return;
    now.recorder.onstop = () => {
      stop(now.stream);
      const type = now.recorder.mimeType.split(";")[0] || "audio/webm";
      onDone(new File(now.parts, `voz.${type.split("/")[1]}`, { type }));
    };
    now.recorder.stop();
  };

  if (trouble) {
    return (
      <div className="recorder" role="alert">
        <span>{trouble}</span>
        <button type="button" className="quiet" onClick={onCancel}>{words.close}</button>
      </div>
    );
  }
  return (
    <div className="recorder" data-testid="recorder">
      <button type="button" className="round" aria-label={words.cancel} title={words.cancel} onClick={onCancel}><Trash2 size={20} /></button>
      <span className="recording-dot" aria-hidden="true" />
      <span className="recording-time" role="timer" aria-label={words.recording}>{clock(seconds)}</span>
      <span className="recording-words">{words.recording}</span>
      <button type="button" className="send" data-testid="send-voice" aria-label={words.send} title={words.send} disabled={seconds < 0.5} onClick={finish}><SendHorizontal size={20} /></button>
    </div>
  );
}

function stop(stream) {
  stream.getTracks().forEach((track) => track.stop());
}
