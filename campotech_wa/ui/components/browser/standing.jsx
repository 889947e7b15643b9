// Where a message stands that has not left, what can be done about it, and how long whoever writes has to wait.
import { useEffect, useRef, useState } from "react";
import { CircleHelp, Clock, Hourglass, Pause, TriangleAlert } from "lucide-react";
import { duration } from "./desk.jsx";
import { Sure } from "./queue.jsx";
import { useWords } from "./words.jsx";

const SHOWN_AFTER = 1500; // ms: most messages have left, or are confirmed, before anybody could read that they wait

export function Standing({ bubble, act }) {
  const words = useWords();
  const { kind, says, can_cancel, can_change, can_send_now, can_retry, is_risky } = bubble.waiting;
  const isDue = useAfter(SHOWN_AFTER, bubble.id);
  const wasJustWritten = useRef(kind === "queued" || kind === "sending").current;
  const isBrief = !says || (kind === "unconfirmed" && wasJustWritten);
  if ((isBrief && !isDue) || (!says && !can_cancel)) return null;
  return (
    <div className="standing" data-testid="standing" data-standing={kind}>
      <span>{says || words.waiting_plain}</span>
      {(can_cancel || can_retry) && (
        <div className="standing-deeds">
          {can_send_now && <button type="button" data-deed="send-now" onClick={() => act.sendNow(bubble.id)}>{words.send_now}</button>}
          {can_retry && is_risky && (
            <Sure label={words.send_again} ask={words.risky} yes={words.send_anyway} no={words.not_now} name="retry" onSure={() => act.retry(bubble.id)} />
          )}
          {can_retry && !is_risky && <button type="button" data-deed="retry" onClick={() => act.retry(bubble.id)}>{words.send_again}</button>}
          {can_change && <button type="button" data-deed="change" onClick={() => act.change(bubble)}>{words.change_text}</button>}
          {can_cancel && <button type="button" data-deed="cancel" onClick={() => act.cancel(bubble.id)}>{words.cancel}</button>}
        </div>
      )}
    </div>
  );
}

function useAfter(delay, cause) {
  const [isOver, over] = useState(false);
  useEffect(() => {
    over(false);
    const timer = setTimeout(() => over(true), delay);
    return () => clearTimeout(timer);
  }, [cause]);
  return isOver;
}

// --- above the composer -----------------------------------------------------------------------------------------------------

const ICONS = { paced: Clock, line: Hourglass, slowed: Hourglass, paused: Pause, panic: TriangleAlert };

export function QueueHint({ hint }) {
  const words = useWords();
  const isDue = useAfter(SHOWN_AFTER, hint.kind);
  const seconds = useCountdown(hint.at);
  const template = words.queue_hints[hint.kind];
  if (!template || !isDue || (hint.at && seconds <= 0)) return null;
  const Icon = ICONS[hint.kind] || CircleHelp;
  const alone = hint.kind === "paced" && hint.ahead === "0" ? words.queue_hints.alone : template;
  return (
    <p className="queue-hint" role="status" data-testid="queue-hint" data-hint={hint.kind}>
      <Icon size={15} aria-hidden /> {alone.replace("{time}", duration(seconds)).replace("{count}", hint.ahead)}
    </p>
  );
}

function useCountdown(at) {
  const left = () => (at ? Math.ceil((Date.parse(at) - Date.now()) / 1000) : 0);
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (!at) return undefined;
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
