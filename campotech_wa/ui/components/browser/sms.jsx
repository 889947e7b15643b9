// What became of the SMS that a message went by, or is to go by, besides WhatsApp.
import { MessageSquareText } from "lucide-react";

export function Sms({ sms }) {
  return (
    <div className="sms" data-testid="sms" data-state={sms.state}>
      <p>
        <span className="sms-tag"><MessageSquareText size={12} aria-hidden /> SMS</span>
        <span>{sms.label}</span> {sms.time && <time>{sms.time}</time>}
      </p>
      {sms.why && <small>{sms.why}</small>}
      {sms.both && <small className="sms-both">{sms.both}</small>}
      {sms.error && <small className="sms-error" role="alert">{sms.error}</small>}
    </div>
  );
}
