// Changing a message that has not left: its words lie in the composer until the message says them. If it leaves
// before, they stay there as a draft: nothing that was written is lost.
import { useEffect, useState } from "react";

export function useEditing({ conversation, bubbles, unsent, onChange }) {
  const [all, setAll] = useState({});
  const editing = all[conversation] || null;
  const keep = (one) => setAll((now) => ({ ...now, [conversation]: one }));

  useEffect(() => {
    if (!editing) return;
    const bubble = bubbles.find((each) => each.id === editing.id);
    if (editing.said && bubble?.text === editing.said) {
      keep(null);
      unsent.write(editing.before);
    } else if (!bubble?.waiting?.can_change) keep(null);
  }, [bubbles, editing]);

  return {
    editing,
    begin: (bubble) => {
      const quoted = bubbles.find((each) => each.id === bubble.quote?.message_id);
      keep({ id: bubble.id, before: editing ? editing.before : unsent.draft, context: quoted?.wamid ? { message_id: quoted.wamid } : null, said: null });
      unsent.write(bubble.text || "");
    },
    stop: () => {
      keep(null);
      unsent.write(editing.before);
    },
    save: (message) => {
      keep({ ...editing, said: message.text.body });
      onChange(editing.id, editing.context ? { ...message, context: editing.context } : message);
    },
  };
}
