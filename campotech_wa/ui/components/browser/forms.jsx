// The forms behind the attach menu: a dialog that checks while one types and shows what will arrive. Loaded when the
// first one is opened.
import { useEffect, useRef, useState } from "react";
import { ImagePlus, LocateFixed, Plus, SendHorizontal, Trash2, X } from "lucide-react";
import { blank, fault, faultOfSections, SPECS } from "./form_specs.js";
import { Preview } from "./preview.jsx";
import { newKey } from "./unsent.js";
import { upload } from "./uploads.js";
import { useWords } from "./words.jsx";

export default function Form({ kind, values: given, onSend, onClose }) {
  const words = useWords();
  const spec = SPECS[kind];
  const dialog = useRef(null);
  const [values, setValues] = useState(() => given || blank(spec));
  const [wasTried, tried] = useState(Boolean(given));
  useEffect(() => dialog.current.showModal(), []);

  const set = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  const inSections = faultOfSections(spec, values);
  const isRight = !inSections && isComplete(spec, values);

  const submit = (event) => {
    event.preventDefault();
    tried(true);
    if (isRight) onSend(spec.build(values, newKey()), { kind, values });
  };

  return (
    <dialog ref={dialog} className="form" onClose={onClose} aria-label={words[`attach_${kind}`]} data-form={kind}>
      <form noValidate onSubmit={submit}>
        <header>
          <h2>{words[`attach_${kind}`]}</h2>
          <button type="button" className="round" aria-label={words.close} onClick={() => dialog.current.close()}><X size={20} /></button>
        </header>
        <div className="form-body">
          <div className="form-fields">
            {(spec.fields || []).map((field) => (
              <Field key={field.name} field={field} value={values[field.name]} onChange={(value) => set(field.name, value)} wasTried={wasTried} />
            ))}
            {spec.groups && <Groups group={spec.groups} rows={values[spec.groups.name]} onChange={(change) => setValues((now) => ({ ...now, [spec.groups.name]: change(now[spec.groups.name]) }))} wasTried={wasTried} />}
            {wasTried && inSections && <small className="field-fault" role="alert">{words.faults[inSections]}</small>}
          </div>
          <Preview kind={kind} values={values} />
        </div>
        <footer>
          <button type="button" className="plain" onClick={() => dialog.current.close()}>{words.cancel}</button>
          <button type="submit" className="primary" data-testid="form-send" data-ready={isRight}><SendHorizontal size={17} /> {words.send}</button>
        </footer>
      </form>
    </dialog>
  );
}

function isComplete(spec, values) {
  const group = spec.groups;
  const rows = group ? values[group.name] : [];
  const single = (spec.fields || []).every((field) => !fault(field, values[field.name]));
  return single && rows.every((row, index) => group.fields.every((field) => !fault(field, row[field.name], earlier(rows, index, field))));
}

function earlier(rows, index, field) {
  return rows.slice(0, index).map((row) => row[field.name]);
}

function Groups({ group, rows, onChange, wasTried }) {
  const words = useWords();
  // An upload ends when much else may have been typed: changes are made to what is there then.
  const replace = (index, news) => onChange((now) => now.map((row, place) => (place === index ? { ...row, ...news } : row)));
  return (
    <>
      {rows.map((row, index) => (
        <fieldset key={index}>
          <legend>
            {words.groups[group.name]} {index + 1}
            {rows.length > group.least && (
              <button type="button" className="round small" aria-label={`${words.discard} ${index + 1}`} onClick={() => onChange((now) => now.filter((_, place) => place !== index))}><Trash2 size={15} /></button>
            )}
          </legend>
          {group.fields.map((field) => (
            <Field key={field.name} field={field} value={row[field.name]} others={earlier(rows, index, field)} onChange={(value) => replace(index, { [field.name]: value })} wasTried={wasTried} />
          ))}
        </fieldset>
      ))}
      {rows.length < group.most && (
        <button type="button" className="plain add" onClick={() => onChange((now) => [...now, {}])}><Plus size={16} /> {words.add}</button>
      )}
    </>
  );
}

const INPUTS = { url: "url", tel: "tel", email: "email" };

function Field({ field, value, others, onChange, wasTried }) {
  const words = useWords();
  const wrong = fault(field, value, others);
  const text = typeof value === "string" ? value : "";
  // What is missing is said when somebody tries to send; what is wrong, at once.
  const isShown = wrong && (wasTried || (wrong !== "needs_value" && wrong !== "needs_picture" && (wrong === "too_long" || text.length > 3)));
  const common = { name: field.name, value: text, onChange: (event) => onChange(event.target.value), "aria-invalid": Boolean(isShown), placeholder: words.hints[field.name] || "" };
  return (
    <label className="field">
      <span>
        {words.fields[field.name]}
        {field.optional && <small> · {words.optional}</small>}
        {field.limit && text.length > field.limit * 0.6 && <small className="counter" data-over={text.length > field.limit}>{text.length}/{field.limit}</small>}
      </span>
      {field.type === "picture" && <PictureField value={value} onChange={onChange} />}
      {field.type === "area" && <textarea rows={3} {...common} />}
      {field.type === "point" && <PointField common={common} onChange={onChange} />}
      {!["picture", "area", "point"].includes(field.type) && <input type={INPUTS[field.type] || "text"} autoComplete="off" {...common} />}
      {isShown && <small className="field-fault" role="alert">{words.faults[wrong].replace("{limit}", field.limit)}</small>}
    </label>
  );
}

const LONGEST_SEARCH = 10000; // ms for the device to say where it is

function PointField({ common, onChange }) {
  const words = useWords();
  const [state, setState] = useState("");
  const find = () => {
    setState(words.finding_place);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => (setState(""), onChange(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`)),
      () => setState(words.no_place),
      { timeout: LONGEST_SEARCH },
    );
  };
  return (
    <>
      <span className="with-button">
        <input type="text" inputMode="text" autoComplete="off" {...common} />
        {navigator.geolocation && <button type="button" className="plain" onClick={find} title={words.my_place} aria-label={words.my_place}><LocateFixed size={17} /></button>}
      </span>
      {state && <small role="status">{state}</small>}
    </>
  );
}

function PictureField({ value, onChange }) {
  const words = useWords();
  const [state, setState] = useState("");
  const pick = (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    setState("uploading");
    upload(file, { filename: file.name, kind: "image" }).done.then(
      ({ id }) => (setState(""), onChange({ id, name: file.name, shown: URL.createObjectURL(file) })),
      (error) => setState(words.upload_errors[error.code] || words.upload_errors.other),
    );
  };
  return (
    <span className="picture-field">
      <span className="plain"><ImagePlus size={17} /> {state === "uploading" ? words.sending : value?.name || words.pick_picture}</span>
      <input type="file" accept="image/*" onChange={pick} />
      {state && state !== "uploading" && <small className="field-fault" role="alert">{state}</small>}
    </span>
  );
}
