// What a bubble is drawn of beside its words and files. Each block of ``blocks.py`` has one drawing here, by its name.
import { AtSign, Cake, ChevronRight, Copy, ExternalLink, FileText, Info, Link2, List, MapPin, Megaphone, Phone, Reply, ShoppingBag, ShoppingCart, SquarePen, UserRoundCheck } from "lucide-react";
import { Files } from "./files.jsx";
import { Marked } from "./markup.jsx";
import { useWords } from "./words.jsx";

const SAFE = { target: "_blank", rel: "noopener noreferrer nofollow" };

export function Blocks({ blocks, files, isOurs }) {
  return blocks.map((block, index) => {
    const Drawing = DRAWINGS[block.draw];
    return Drawing ? <Drawing key={index} {...block} files={files} isOurs={isOurs} /> : null;
  });
}

function Heading({ text }) {
  return <strong className="heading" dir="auto">{text}</strong>;
}

function Footer({ text }) {
  return <small className="small-print" dir="auto">{text}</small>;
}

function Notice({ text, detail }) {
  return (
    <div className="notice">
      <Info size={16} aria-hidden />
      <span>
        {text}
        {detail && <small dir="auto">{detail}</small>}
      </span>
    </div>
  );
}

// --- a place: streets that nobody fetched, the same for the same point ------------------------------------------------

function Place({ latitude, longitude, name, address, url }) {
  const words = useWords();
  return (
    <a className="place" href={url} {...SAFE}>
      <Streets seed={Math.abs(Math.round(latitude * 7919) * 31 + Math.round(longitude * 7907))} />
      <span className="place-words">
        {name && <strong dir="auto">{name}</strong>}
        {address && <span dir="auto">{address}</span>}
        {!name && !address && <span className="numbers">{`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}</span>}
        <small className="go"><ExternalLink size={13} /> {words.open_map}</small>
      </span>
    </a>
  );
}

function Streets({ seed }) {
  const turn = (seed % 50) - 25;
  const gap = 34 + (seed % 17);
  const lines = Array.from({ length: 14 }, (_, index) => (index - 5) * gap + (seed % gap));
  return (
    <svg className="map" viewBox="0 0 300 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="300" height="150" className="map-ground" />
      <g transform={`rotate(${turn} 150 75)`}>
        <rect x={(seed % 160) - 20} y={(seed % 60) - 10} width={gap * 1.6} height={gap * 1.2} rx="6" className="map-park" />
        {lines.map((at, index) => <line key={`a${index}`} x1={at} y1="-150" x2={at} y2="300" className={index % 4 === 1 ? "map-avenue" : "map-street"} />)}
        {lines.map((at, index) => <line key={`b${index}`} x1="-150" y1={at * 0.8} x2="450" y2={at * 0.8} className={index % 5 === 2 ? "map-avenue" : "map-street"} />)}
      </g>
      <path d={`M-10 ${100 + (seed % 40)} Q 90 ${70 + (seed % 70)} 170 ${110 + (seed % 30)} T 320 ${90 + (seed % 50)}`} className="map-water" />
      <ellipse cx="150" cy="81" rx="9" ry="3" className="map-shade" />
      <path d="M150 80c-9-13-15-19-15-28a15 15 0 1 1 30 0c0 9-6 15-15 28z" className="map-pin" />
      <circle cx="150" cy="52" r="5.5" className="map-hole" />
    </svg>
  );
}

// --- visiting cards -------------------------------------------------------------------------------------------------------

const LINE_ICONS = { phone: Phone, email: AtSign, address: MapPin, link: Link2, birthday: Cake };

function Card({ name, initials, organization, is_own, lines = [] }) {
  const words = useWords();
  return (
    <div className="card-block">
      <div className="card-top">
        <span className="avatar" aria-hidden="true">{initials}</span>
        <span>
          <strong dir="auto">{name}</strong>
          {organization && <small dir="auto">{organization}</small>}
          {is_own && <small className="own"><UserRoundCheck size={13} /> {words.own_number}</small>}
        </span>
      </div>
      <ul>
        {lines.map(({ icon, text, url }, index) => {
          const Icon = LINE_ICONS[icon] || Info;
          return (
            <li key={index}>
              <Icon size={15} aria-hidden />
              {url ? <a href={url} {...(url.startsWith("http") ? SAFE : {})}>{text}</a> : <span dir="auto">{text}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

// --- what was offered, and what was chosen --------------------------------------------------------------------------------

const CHOICE_ICONS = { reply: Reply, link: ExternalLink, phone: Phone, place: MapPin, form: SquarePen, list: List, product: ShoppingBag, copy: Copy };

function Choices({ choices = [] }) {
  return (
    <ul className="choices">
      {choices.map(({ icon, text, url }, index) => {
        const Icon = CHOICE_ICONS[icon] || Reply;
        const inside = [<Icon key="icon" size={15} aria-hidden />, <span key="text" dir="auto">{text}</span>];
        return <li key={index}>{url ? <a href={url} {...SAFE}>{inside}</a> : <span>{inside}</span>}</li>;
      })}
    </ul>
  );
}

function Menu({ button, sections = [] }) {
  const words = useWords();
  return (
    <details className="menu">
      <summary><List size={15} aria-hidden /> <span dir="auto">{button || words.list}</span></summary>
      {sections.map((section, index) => (
        <div key={index} className="menu-section">
          {section.title && <small dir="auto">{section.title}</small>}
          <ul>
            {(section.rows || []).map((row, place) => (
              <li key={place}>
                <span dir="auto">{row.title}</span>
                {row.note && <small dir="auto">{row.note}</small>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

function Pressed({ text, note }) {
  return (
    <div className="pressed">
      <ChevronRight size={16} aria-hidden />
      <span>
        <strong dir="auto">{text}</strong>
        {note && <small dir="auto">{note}</small>}
      </span>
    </div>
  );
}

function Table({ title, rows = [] }) {
  return (
    <div className="table">
      <strong><FileText size={15} aria-hidden /> {title}</strong>
      <dl>
        {rows.map(([key, value], index) => (
          <div key={index}>
            <dt dir="auto">{key}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Order({ items = [], total }) {
  const words = useWords();
  return (
    <div className="order">
      <strong><ShoppingCart size={16} aria-hidden /> {words.order}</strong>
      <ul>
        {items.map((item, index) => (
          <li key={index}>
            <span dir="auto">{item.name}</span>
            <small>{[item.quantity && `${item.quantity} ×`, item.price].filter(Boolean).join(" ")}</small>
            <b>{item.total}</b>
          </li>
        ))}
      </ul>
      {total && <div className="order-total"><span>{words.total}</span><b>{total}</b></div>}
    </div>
  );
}

function Referral({ title, headline, body, url }) {
  const inside = (
    <>
      <small><Megaphone size={14} aria-hidden /> {title}</small>
      {headline && <strong dir="auto">{headline}</strong>}
      {body && <span dir="auto">{body}</span>}
    </>
  );
  return url ? <a className="referral" href={url} {...SAFE}>{inside}</a> : <div className="referral">{inside}</div>;
}

function Linked({ name, url }) {
  return (
    <a className="linked" href={url} {...SAFE}>
      <ExternalLink size={16} aria-hidden /> <span dir="auto">{name}</span>
    </a>
  );
}

function Slides({ slides = [], files = [], isOurs }) {
  return (
    <div className="slides" tabIndex={0}>
      {slides.map((slide, index) => (
        <div key={index} className="slide">
          {files[slide.file] && <Files files={[files[slide.file]]} isOurs={isOurs} />}
          {slide.linked && <Linked {...slide.linked} />}
          {slide.text && <div className="slide-text" dir="auto"><Marked text={slide.text} /></div>}
          <Choices choices={slide.choices} />
        </div>
      ))}
    </div>
  );
}

const DRAWINGS = { heading: Heading, footer: Footer, notice: Notice, place: Place, card: Card, choices: Choices, menu: Menu, pressed: Pressed, table: Table, order: Order, referral: Referral, linked: Linked, slides: Slides };
