// The clocks and meters of the queue page. They go on by themselves between two refreshes, on the server's time.
import { useEffect, useState } from "react";
import { duration } from "./desk.jsx";

let ahead = 0; // ms by which the server's clock is ahead of this one

export function ServerClock({ now }) {
  useEffect(() => {
    if (now) ahead = Date.parse(now) - Date.now();
  }, [now]);
  return null;
}

function useNow() {
  const read = () => Date.now() + ahead;
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1000);
    return () => clearInterval(timer);
  }, []);
  // A refresh may bring something newer than the last tick.
  return Math.max(now, read());
}

export function Ago({ since, says }) {
  const now = useNow();
  const seconds = Math.max(0, (now - Date.parse(since)) / 1000);
  return <time dateTime={since}>{says.replace("{time}", longer(seconds))}</time>;
}

export function Until({ at, says }) {
  const now = useNow();
  const seconds = (Date.parse(at) - now) / 1000;
  return seconds > 0 ? <time dateTime={at}>{says.replace("{time}", longer(seconds))}</time> : null;
}

function longer(seconds) {
  const days = Math.floor(seconds / 86400);
  return days > 1 ? `${days} d` : duration(seconds);
}

// --- how fast it goes -------------------------------------------------------------------------------------------------------

const MINUTE = 60;
const SHOWN = 30; // minutes

export function Meter({ seconds, limit, says }) {
  const now = useNow() / 1000;
  const sent = seconds.reduce((sum, [at, count]) => (at > now - MINUTE ? sum + count : sum), 0);
  const share = Math.min(1, sent / Math.max(1, limit));
  return (
    <div className="meter" data-testid="queue-rate" data-sent={sent} data-full={share >= 0.9 || undefined}>
      <p><strong>{sent}</strong> <small>{says.replace("{limit}", limit)}</small></p>
      <div className="meter-bar" role="meter" aria-valuemin={0} aria-valuemax={limit} aria-valuenow={sent} aria-label={says.replace("{limit}", limit)}>
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

export function Spark({ minutes, limit, label, peak }) {
  const now = useNow() / 1000;
  const first = Math.floor(now / MINUTE) - SHOWN + 1;
  const counts = new Map(minutes.map(([at, count]) => [Math.floor(at / MINUTE), count]));
  const bars = Array.from({ length: SHOWN }, (_, place) => counts.get(first + place) || 0);
  const most = Math.max(...bars);
  const top = Math.max(limit, most, 1);
  const said = `${label}: ${peak.replace("{count}", most)}`;
  return (
    <figure className="spark">
      <svg viewBox="0 0 300 48" preserveAspectRatio="none" role="img" aria-label={said}>
        <line x1="0" x2="300" y1={48 - (limit / top) * 46} y2={48 - (limit / top) * 46} vectorEffect="non-scaling-stroke" />
        {bars.map((count, place) => {
          const height = count ? Math.max(2, (count / top) * 46) : 1;
          return <rect key={first + place} x={place * 10 + 1} y={48 - height} width={8} height={height} rx={1.5} data-none={!count || undefined} />;
        })}
      </svg>
      <figcaption>{label}<span>{peak.replace("{count}", most)}</span></figcaption>
    </figure>
  );
}

// --- a button that asks once more ---------------------------------------------------------------------------------------------

export function Sure({ label, ask, yes, no, name, onSure }) {
  const [isAsking, setAsking] = useState(false);
  const answer = (isSure) => () => {
    setAsking(false);
    if (isSure) onSure();
  };
  if (!isAsking) return <button type="button" data-deed={name} onClick={() => setAsking(true)}>{label}</button>;
  return (
    <span className="sure" role="group" aria-label={ask} onKeyDown={(event) => event.key === "Escape" && setAsking(false)}>
      <span>{ask}</span>
      <button type="button" className="alarming" autoFocus onClick={answer(true)}>{yes}</button>
      <button type="button" onClick={answer(false)}>{no}</button>
    </span>
  );
}
