// One message: what it answers, its files, its words, what stands around them, and what others think of it.
import { memo, useRef, useState } from "react";
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, CircleMinus, Clock, Forward, History, Link2, Reply, RotateCw, SmilePlus, Smartphone, Users } from "lucide-react";
import { Blocks } from "./blocks.jsx";
import { Files } from "./files.jsx";
import { Standing } from "./standing.jsx";
import { firstLink, isJumbo, Marked } from "./markup.jsx";
import { Sms } from "./sms.jsx";
import { useWords } from "./words.jsx";

export const EMOJI = ["👍", "❤️", "😂", "😮", "🙏", "✅"];
const LONG_PRESS = 450; // ms

export const Bubble = memo(
  function Bubble({ bubble, act }) {
    return (
      <>
        {bubble.day && <div className="day"><span>{bubble.day}</span></div>}
        {bubble.is_line ? <Line bubble={bubble} /> : <Said bubble={bubble} act={act} />}
      </>
    );
  },
  // A refresh brings every bubble anew; only those that differ are drawn again.
  (before, after) => before.act === after.act && (before.bubble === after.bubble || JSON.stringify(before.bubble) === JSON.stringify(after.bubble)),
);

function identity(bubble) {
  return {
    "data-testid": "message",
    "data-message-id": bubble.id,
    "data-direction": bubble.direction,
    "data-type": bubble.type,
    "data-state": bubble.state,
    "data-waiting": bubble.waiting?.kind,
  };
}

function Line({ bubble }) {
  return (
    <div className="line" {...identity(bubble)}>
      <p dir="auto">{bubble.text}</p> <time>{bubble.time}</time>
    </div>
  );
}

function Said({ bubble, act }) {
  const words = useWords();
  const [isOpen, open] = useState(false);
  const press = useLongPress(() => open(true));
  const { above = [], below = [], files = [], marks = [], reactions = [] } = bubble;
  const isOurs = bubble.direction === "outbound";
  const isBare = bubble.type === "sticker" && files.length > 0 && !bubble.quote && files[0].state === "stored";
  // The cards of a carousel hold the files themselves.
  const holdsFiles = below.some((block) => block.draw === "slides");
  const isButton = (block) => block.draw === "choices" || block.draw === "menu";
  return (
    <div className="said-row" data-direction={bubble.direction} data-reacted={reactions.length > 0 || undefined} {...press}>
      <article className={isBare ? "bubble bare-bubble" : "bubble"} {...identity(bubble)} aria-label={bubble.kind || undefined}>
        {bubble.author && <small className="author">{bubble.author}</small>}
        <Marks marks={marks} />
        {bubble.quote && <Quote quote={bubble.quote} onJump={act.jump} />}
        {files.length > 0 && !holdsFiles && <Files files={files} isOurs={isOurs} onFetch={act.fetch} />}
        <Blocks blocks={above} files={files} isOurs={isOurs} />
        {bubble.is_revoked && <p className="revoked"><Ban size={15} aria-hidden /> {words.revoked}</p>}
        {bubble.text && <Words text={bubble.text} type={bubble.type} />}
        <Blocks blocks={below.filter((block) => !isButton(block))} files={files} isOurs={isOurs} />
        <footer>
          {marks.includes("edited") && <small>{words.edited}</small>}
          <time>{bubble.time}</time>
          {isOurs && <Ticks state={bubble.waiting?.kind === "held" ? "held" : bubble.state} words={words} />}
        </footer>
        <Blocks blocks={below.filter(isButton)} files={files} isOurs={isOurs} />
        {bubble.waiting && !(bubble.state === "cancelled" && bubble.sms) && <Standing bubble={bubble} act={act} />}
        {bubble.error && bubble.sms?.state !== "delivered" && (
          <div className="failure" role="alert">
            <span>{bubble.error}</span>
            <button type="button" onClick={() => act.retry(bubble.id)}><RotateCw size={14} /> {words.retry}</button>
          </div>
        )}
        {bubble.sms && <Sms sms={bubble.sms} />}
        {reactions.length > 0 && <Reactions reactions={reactions} bubble={bubble} act={act} />}
      </article>
      {bubble.wamid && !bubble.is_revoked && act.canAnswer && <Actions bubble={bubble} act={act} isOpen={isOpen} close={() => open(false)} />}
    </div>
  );
}

function Words({ text, type }) {
  const link = type === "text" ? firstLink(text) : null;
  return (
    <>
      {link && (
        <a className="link-card" href={link.href} target="_blank" rel="noopener noreferrer nofollow">
          <span className="link-icon"><Link2 size={18} aria-hidden /></span>
          <span>
            <strong>{link.hostname.replace(/^www\./, "")}</strong>
            {link.pathname.length > 1 && <small>{link.pathname}</small>}
          </span>
        </a>
      )}
      <p dir="auto" className={isJumbo(text) ? "jumbo" : undefined}><Marked text={text} /></p>
    </>
  );
}

// --- where it comes from, and what it answers ---------------------------------------------------------------------------

const MARKS = { forwarded: Forward, often_forwarded: Forward, phone: Smartphone, history: History, group: Users };

function Marks({ marks }) {
  const words = useWords();
  return marks
    .filter((mark) => MARKS[mark])
    .map((mark) => {
      const Icon = MARKS[mark];
      return <small key={mark} className="mark-line" data-mark={mark}><Icon size={13} aria-hidden /> {words[`mark_${mark}`]}</small>;
    });
}

function Quote({ quote, onJump }) {
  const inside = (
    <>
      <span className="quote-words">
        {quote.author && <strong dir="auto">{quote.author}</strong>}
        <span dir="auto">{quote.line}</span>
      </span>
      {quote.thumbnail_url && <img src={quote.thumbnail_url} alt="" loading="lazy" />}
    </>
  );
  if (!quote.message_id) return <div className="quote">{inside}</div>;
  return <button type="button" className="quote" onClick={() => onJump(quote.message_id)}>{inside}</button>;
}

// --- how far it has come ----------------------------------------------------------------------------------------------------

const TICKS = { queued: Clock, sending: Clock, held: CircleMinus, unconfirmed: CircleHelp, cancelled: Ban, sent: Check, delivered: CheckCheck, read: CheckCheck, played: CheckCheck, failed: CircleAlert };

function Ticks({ state, words }) {
  const Icon = TICKS[state] || Check;
  const said = words[`state_${state}`] || "";
  return <span className="tick" role="img" aria-label={said} title={said}><Icon size={15} /></span>;
}

// --- what others think of it, and what one can do with it ---------------------------------------------------------------------

function Reactions({ reactions, bubble, act }) {
  const words = useWords();
  return (
    <div className="reactions" data-testid="reactions">
      {reactions.map((one) => {
        const said = one.error || (one.is_ours ? words.unreact : undefined);
        if (!one.is_ours) return <span key={one.message_id}>{one.emoji}</span>;
        const tap = () => (one.error ? act.retry(one.message_id) : act.react(bubble, ""));
        return (
          <button key={one.message_id} type="button" data-failed={Boolean(one.error)} title={said} aria-label={`${one.emoji} ${said}`} onClick={tap}>
            {one.emoji}
            {one.error && <CircleAlert size={12} />}
          </button>
        );
      })}
    </div>
  );
}

function Actions({ bubble, act, isOpen, close }) {
  const words = useWords();
  const [isChoosing, choose] = useState(false);
  const own = (bubble.reactions || []).find((one) => one.is_ours && !one.error);
  const done = () => {
    choose(false);
    close();
  };
  const react = (emoji) => {
    act.react(bubble, own?.emoji === emoji ? "" : emoji);
    done();
  };
  return (
    <div className="actions" data-open={isOpen || isChoosing} onMouseLeave={done} onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || done()}>
      {(isChoosing || isOpen) && (
        <div className="emoji-row" role="group" aria-label={words.react}>
          {EMOJI.map((emoji) => (
            <button key={emoji} type="button" aria-pressed={own?.emoji === emoji} onClick={() => react(emoji)}>{emoji}</button>
          ))}
        </div>
      )}
      {!isOpen && (
        <button type="button" aria-label={words.react} title={words.react} onClick={() => choose(!isChoosing)}><SmilePlus size={17} /></button>
      )}
      <button type="button" aria-label={words.reply} title={words.reply} onClick={() => (act.reply(bubble), done())}><Reply size={17} /></button>
    </div>
  );
}

function useLongPress(onPress) {
  const timer = useRef(null);
  const stop = () => clearTimeout(timer.current);
  return {
    onTouchStart: () => {
      stop();
      timer.current = setTimeout(onPress, LONG_PRESS);
    },
    onTouchMove: stop,
    onTouchEnd: stop,
    onTouchCancel: stop,
  };
}

