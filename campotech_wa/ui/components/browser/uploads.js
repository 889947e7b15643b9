// Files on their way to the server: with progress, one at a time to spare a thin line, and again when one failed.
import { useEffect, useRef, useState } from "react";
import { newKey } from "./unsent.js";

export const LARGEST = 100 * 1000 * 1000; // bytes: no kind of file may be larger (sending.md 1.4)

export function upload(file, { filename, kind = "", isVoice = false, onProgress = () => {} }) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => answer(request, resolve, reject);
    request.onerror = () => reject({ code: "offline" });
    request.onabort = () => reject({ code: "aborted" });
    const query = new URLSearchParams({ filename, voice: String(isVoice), ...(kind ? { kind } : {}) });
    request.open("POST", `/media?${query}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}

function answer(request, resolve, reject) {
  let body = {};
  try {
    body = JSON.parse(request.responseText);
  } catch {
    // Not the product but something in front of it has answered.
  }
  if (request.status >= 200 && request.status < 300 && body.id) resolve(body);
  else reject({ code: request.status === 413 ? "too_large" : body.code || "" });
}

// Picked files stand in the tray with a caption; a sent one leaves as soon as it is up.
export function useUploads(conversation) {
  const [all, setAll] = useState([]);
  const requests = useRef({});
  const change = (key, news) => setAll((now) => now.map((one) => (one.key === key ? { ...one, ...news } : one)));

  const start = (one) => {
    if (one.file.size > LARGEST) return change(one.key, { state: "failed", error: { code: "too_large" } });
    change(one.key, { state: "uploading", progress: 0, error: null });
    const request = upload(one.file, { filename: one.name, kind: one.kind, isVoice: one.isVoice, onProgress: (progress) => change(one.key, { progress }) });
    requests.current[one.key] = request;
    return request.done.then(
      (result) => change(one.key, { state: "done", progress: 1, result }),
      (error) => change(one.key, { state: "failed", error }),
    );
  };

  useEffect(() => {
    const next = all.find((one) => one.state === "waiting");
    if (next && !all.some((one) => one.state === "uploading")) start(next);
  }, [all]);

  // Files do not survive a reload: whoever leaves is asked.
  useEffect(() => {
    if (all.length === 0) return undefined;
    const ask = (event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [all.length === 0]);

  return {
    all,
    mine: all.filter((one) => one.conversation === conversation),
    add: (files, more = {}) => {
      // Taken now: the browser empties an input's list as soon as the input is cleared, and React may update later.
      const added = Array.from(files, (file) => picked(file, conversation, more));
      setAll((now) => [...now, ...added]);
    },
    change,
    again: (key) => change(key, { state: "waiting" }),
    remove: (key) => {
      requests.current[key]?.abort();
      setAll((now) => {
        const gone = now.find((one) => one.key === key);
        if (gone?.picture) URL.revokeObjectURL(gone.picture);
        return now.filter((one) => one.key !== key);
      });
    },
  };
}

function picked(file, conversation, more) {
  return {
    key: newKey(),
    conversation,
    file,
    name: file.name || "",
    kind: "",
    isVoice: false,
    isSent: false,
    caption: "",
    context: null,
    state: "waiting",
    progress: 0,
    error: null,
    result: null,
    picture: /^(image|video)\//.test(file.type) ? URL.createObjectURL(file) : "",
    ...more,
  };
}

const TAKES_WORDS = ["image", "video", "document"];

// The Cloud API's own objects of a file that is up (sending.md 1.4): words that its kind can not carry go on their own.
export function fileMessages(one) {
  // The server looked into the file: what is too large for its kind goes as a document.
  const { kind } = one.result;
  const content = { id: one.result.id };
  const around = one.context ? { context: one.context } : {};
  const said = one.caption.trim();
  if (said && TAKES_WORDS.includes(kind)) content.caption = said;
  if (kind === "document" && one.name) content.filename = one.name;
  if (kind === "audio" && one.isVoice) content.voice = true;
  const file = { type: kind, [kind]: content, ...around };
  return said && !TAKES_WORDS.includes(kind) ? [file, { type: "text", text: { body: said } }] : [file];
}
