"""The words of the settings about SMS: each in Spanish and in English."""

SMS: dict[str, tuple[str, str]] = {
    "sms": ("SMS cuando WhatsApp no llega", "SMS when WhatsApp does not arrive"),
    "sms_hint": (
        (
            "Un aviso que WhatsApp no puede entregar sale por SMS. "
            "Nunca promociones, ni a quien pidió no recibir mensajes."
        ),
        "A notice that WhatsApp can not deliver goes by SMS. Never promotions, nor to who asked for no messages.",
    ),
    "sms_on": ("Mandar SMS cuando haga falta", "Send SMS when needed"),
    "sms_account_sid": ("Usuario del proveedor (Account SID)", "Account at the provider (Account SID)"),
    "sms_auth_token": ("Token (Auth Token)", "Token (Auth Token)"),
    "sms_token_kept": ("Guardado. Escribí otro para cambiarlo.", "Saved. Write another one to change it."),
    "sms_sender": ("Remitente: número, nombre o servicio (MG…)", "Sender: number, name or service (MG…)"),
    "sms_base_url": ("Dirección del proveedor", "Provider's address"),
    "sms_base_url_hint": ("Vacía: Twilio", "Empty: Twilio"),
    "sms_minutes": ("Si no se entregó en (minutos)", "If not delivered in (minutes)"),
    "sms_minutes_hint": ("Vacío: sólo si falla", "Empty: only if it fails"),
    "sms_monthly_cap": ("Tope por mes", "Cap per month"),
    "sms_per_minute": ("Tope por minuto", "Cap per minute"),
    "sms_save": ("Guardar SMS", "Save SMS"),
    "sms_used": ("SMS de este mes", "SMS this month"),
    "sms_callback": ("Dirección para los avisos de entrega", "Address for delivery reports"),
    "sms_copy": ("Copiar", "Copy"),
    "sms_copied": ("Copiado.", "Copied."),
    "sms_test": ("Probalo con tu número", "Try it with your number"),
    "sms_send_test": ("Mandar SMS de prueba", "Send a test SMS"),
    "sms_testing": ("Mandando…", "Sending…"),
    "sms_test_sent": (
        "El proveedor lo tomó. Tiene que llegar en unos segundos.",
        "The provider took it. It has to arrive within seconds.",
    ),
    "refused_sms_account_sid": (
        "El usuario del proveedor no está completo: copiá el Account SID de su panel.",
        "The account at the provider is not complete: copy the Account SID from its console.",
    ),
    "refused_sms_sender": (
        "El remitente no sirve: escribí un número con +, un nombre de hasta 11 letras o un servicio MG…",
        "The sender can not be used: write a number with +, a name of up to 11 letters or a service MG…",
    ),
    "refused_sms_base_url": (
        "La dirección del proveedor tiene que empezar con https:// y estar en internet.",
        "The provider's address has to begin with https:// and be on the internet.",
    ),
    "refused_sms_auth_token": ("Falta el token del proveedor.", "The provider's token is missing."),
    "refused_sms_auth_token_again": (
        "Cambiaste el usuario o la dirección del proveedor: escribí también su token.",
        "The account or the address of the provider has changed: write its token too.",
    ),
    "refused_sms_per_minute": (
        "El tope por minuto va de 1 a 600.",
        "The cap per minute is between 1 and 600.",
    ),
    "refused_sms_monthly_cap": (
        "El tope por mes va de 0 a 1.000.000.",
        "The cap per month is between 0 and 1,000,000.",
    ),
    "refused_sms_undelivered_minutes": (
        "Los minutos van de 1 a 1440. Vacío: sólo si falla.",
        "The minutes are between 1 and 1440. Empty: only if it fails.",
    ),
    "refused_sms_incomplete": (
        "Primero guardá usuario, token y remitente.",
        "Save the account, its token and a sender first.",
    ),
    "refused_sms_number": (
        "A ese número no se le puede mandar un SMS. Escribilo con código de área, sin abreviar.",
        "No SMS can be sent to that number. Write it in full, with its area code.",
    ),
}
