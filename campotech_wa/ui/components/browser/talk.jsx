// A conversation: its messages, and below them where to answer. Both share what is being answered and what is dropped.
import { useMemo, useRef, useState } from "react";
import { Paperclip } from "lucide-react";
import { Bubble } from "./bubble.jsx";
import { Composer, useLeaving } from "./composer.jsx";
import { ScrollPane, useIsOpen } from "./desk.jsx";
import { useEditing } from "./editing.js";
import { useUnsent } from "./unsent.js";
import { useUploads } from "./uploads.js";
import { Speaking } from "./words.jsx";

const FLASH = 1600; // ms that a message shines when a quote has led there

export function Talk({ owner, conversation, name, expires, bubbles, more, accepted, refused, entered, hint, words, onSend, onMore, onRetry, onCancel, onChangeMessage, onSendNow, onFetch, onTyping }) {
  const unsent = useUnsent({ owner, conversation, accepted, refused, entered, onSend });
  const uploads = useUploads(conversation);
  useLeaving(uploads, unsent);
  const edit = useEditing({ conversation, bubbles, unsent, onChange: onChangeMessage });
  const [quotes, setQuotes] = useState({});
  const canAnswer = useIsOpen(expires);
  const now = useRef({});
  now.current = { unsent, onRetry, onCancel, onSendNow, onFetch, conversation, edit };

  // One object for as long as it means the same: bubbles that have not changed are not drawn again.
  const act = useMemo(
    () => ({
      canAnswer,
      jump,
      retry: (id) => now.current.onRetry(id),
      cancel: (id) => now.current.onCancel(id),
      sendNow: (id) => now.current.onSendNow(id),
      change: (bubble) => now.current.edit.begin(bubble),
      fetch: (id) => now.current.onFetch(id),
      reply: (bubble) => setQuotes((all) => ({ ...all, [now.current.conversation]: bubble })),
      react: (bubble, emoji) => now.current.unsent.send({ type: "reaction", reaction: { message_id: bubble.wamid, emoji } }),
    }),
    [canAnswer],
  );

  return (
    <Speaking value={words}>
      <DropZone isOn={canAnswer} words={words} onFiles={(files) => uploads.add(files)}>
        <ScrollPane side="bottom" count={bubbles.length} more={more} onMore={onMore} testid="thread" label={name} down={words.newest} className="bubbles">
          {bubbles.map((bubble) => <Bubble key={bubble.id} bubble={bubble} act={act} />)}
        </ScrollPane>
        <Composer
          conversation={conversation}
          expires={expires}
          everWrote={Boolean(expires)}
          refused={refused}
          unsent={unsent}
          uploads={uploads}
          quoted={quotes[conversation] || null}
          setQuoted={(bubble) => setQuotes((all) => ({ ...all, [conversation]: bubble }))}
          onTyping={onTyping}
          hint={hint}
          edit={edit}
        />
      </DropZone>
    </Speaking>
  );
}

function jump(id) {
  const message = document.querySelector(`[data-message-id="${id}"]`);
  if (!message) return;
  // At once: a smooth way up begins at the end, where a refresh would pull the reader back.
  message.scrollIntoView({ block: "center" });
  message.classList.add("shining");
  setTimeout(() => message.classList.remove("shining"), FLASH);
}

function DropZone({ isOn, words, onFiles, children }) {
  const [isOver, over] = useState(false);
  const depth = useRef(0);
  const holdsFiles = (event) => isOn && Array.from(event.dataTransfer?.types || []).includes("Files");
  const move = (step) => (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    over(depth.current > 0);
  };
  const drop = (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    over(false);
    onFiles(event.dataTransfer.files);
  };
  return (
    <div className="talk" data-testid="talk" onDragEnter={move(1)} onDragLeave={move(-1)} onDragOver={(event) => holdsFiles(event) && event.preventDefault()} onDrop={drop}>
      {children}
      {isOver && <div className="drop-here"><Paperclip size={28} /> {words.drop_here}</div>}
    </div>
  );
}
