"""Integrity and policy: what Meta forbids a business, for a while or for good (errors.md, section 3)."""

from datetime import timedelta

from campotech_wa.domain.meta_errors.entry import (
    Breaker,
    Entry,
    ErrorClass,
    Retry,
    Scope,
    Sms,
    Traffic,
)

INTEGRITY = (
    Entry(
        131048,
        ErrorClass.INTEGRITY,
        "WhatsApp limitó el número porque varios clientes lo bloquearon o denunciaron. "
        "Frená los envíos masivos y avisá a un administrador.",
        "WhatsApp limits the number because customers blocked or reported it. "
        "Stop mass messages and tell an admin.",
        breaker=Breaker(Scope.CHANNEL, Traffic.TEMPLATES),
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        131064,
        ErrorClass.INTEGRITY,
        "Meta limitó las plantillas de la cuenta por usar categorías equivocadas. "
        "Un administrador tiene que corregirlas; el límite se levanta solo.",
        "Meta limits the account's templates for wrong categories. "
        "An admin has to correct them; the limit ends by itself.",
        retry=Retry.WAIT,
        breaker=Breaker(Scope.WABA, Traffic.TEMPLATES),
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        368,
        ErrorClass.INTEGRITY,
        "Meta bloqueó la cuenta de la empresa por un tiempo, por sus políticas. "
        "Un administrador tiene que verlo y, si corresponde, apelar.",
        "Meta has blocked the company's account for a while, for its policies. "
        "An admin has to look and, if due, appeal.",
        breaker=Breaker(Scope.WABA),
        sms=Sms.YES,
        tells_human=True,
    ),
    Entry(
        130497,
        ErrorClass.INTEGRITY,
        "Meta no deja que la empresa le escriba a clientes de ese país. Usá otro medio.",
        "Meta does not let the company write to customers in that country. Use another way.",
        breaker=Breaker(Scope.COUNTRY),
        sms=Sms.YES,
        tells_human=True,
    ),
    Entry(
        131031,
        ErrorClass.INTEGRITY,
        "Meta bloqueó la cuenta de WhatsApp de la empresa. Avisá a un administrador.",
        "Meta has locked the company's WhatsApp account. Tell an admin.",
        breaker=Breaker(Scope.WABA),
        sms=Sms.YES,
        tells_human=True,
    ),
    Entry(
        130403,
        ErrorClass.RECIPIENT_WILL,
        "La empresa tiene bloqueado a este cliente. Si fue un error, un administrador puede desbloquearlo.",
        "The company has blocked this customer. If that was a mistake, an admin can unblock them.",
        breaker=Breaker(Scope.CUSTOMER),
    ),
    Entry(
        130472,
        ErrorClass.UNDELIVERABLE,
        "Meta no entregó esta promoción porque el cliente participa de una prueba suya. No se cobra.",
        "Meta did not deliver this promotion because the customer is part of a trial of theirs. It is not charged.",
    ),
    Entry(
        131049,
        ErrorClass.UNDELIVERABLE,
        "WhatsApp decidió no entregarlo para no cansar al cliente con promociones. Probá mañana.",
        "WhatsApp chose not to deliver it, to spare the customer promotions. Try tomorrow.",
        retry=Retry.NEXT_DAY,
        wait=timedelta(days=1),
        tries=2,
        breaker=Breaker(Scope.CUSTOMER, Traffic.MARKETING),
    ),
    Entry(
        131050,
        ErrorClass.RECIPIENT_WILL,
        "El cliente pidió no recibir más promociones. Respetalo: sólo podés mandarle avisos de su servicio.",
        "The customer asked for no more promotions. Respect it: only notices about their service may be sent.",
        breaker=Breaker(Scope.CUSTOMER, Traffic.MARKETING),
    ),
    Entry(
        131214,
        ErrorClass.INTEGRITY,
        "Meta no deja crear grupos por ahora: hubo demasiadas promociones.",
        "Meta allows no new groups for now: there were too many promotions.",
        retry=Retry.WAIT,
    ),
    Entry(
        138014,
        ErrorClass.INTEGRITY,
        "Meta apagó las llamadas del número por su baja calidad.",
        "Meta has switched off the number's calls for their low quality.",
        retry=Retry.WAIT,
        breaker=Breaker(Scope.CHANNEL, Traffic.CALLS),
        tells_human=True,
    ),
    Entry(
        139200,
        ErrorClass.INTEGRITY,
        "Meta bloqueó el envío directo de avisos de la cuenta. Usá una plantilla aprobada.",
        "Meta has blocked the account's direct notices. Use an approved template.",
        breaker=Breaker(Scope.WABA, Traffic.DIRECT_SEND),
        tells_human=True,
    ),
    Entry(
        139000,
        ErrorClass.INTEGRITY,
        "Meta bloqueó el formulario interactivo por sus políticas. Un administrador tiene que corregirlo.",
        "Meta has blocked the interactive form for its policies. An admin has to correct it.",
        breaker=Breaker(Scope.FLOW),
        tells_human=True,
    ),
    Entry(
        131207,
        ErrorClass.INTEGRITY,
        "Meta suspendió este grupo.",
        "Meta has suspended this group.",
        breaker=Breaker(Scope.GROUP),
    ),
)
