"""The words of banners, alerts and their settings: each in Spanish and in English."""

ALARMS: dict[str, tuple[str, str]] = {
    "panic_look": ("Ver la cola", "See the queue"),
    "alerts": ("Avisos", "Alerts"),
    "alerts_settings": ("Avisos a administradores", "Alerts for admins"),
    "alerts_hint": (
        "Además de aparecer acá, los avisos pueden llegar por correo y a otro sistema.",
        "Besides appearing here, alerts can be sent by e-mail and to another system.",
    ),
    "alerts_no_mail": (
        "Todavía no sale ningún correo: falta configurar el servidor en el sistema (CAMPOTECH_SMTP_HOST).",
        "No e-mail leaves yet: whoever maintains the system has to set the mail server (CAMPOTECH_SMTP_HOST).",
    ),
    "alerts_email": ("Correo para los avisos", "E-mail for alerts"),
    "alerts_webhook": ("Dirección web (https) de otro sistema", "Web address (https) of another system"),
    "alerts_save": ("Guardar destinos", "Save places"),
    "alerts_secret": (
        "Clave con la que se firman los avisos a esa dirección. Copiala ahora: no se vuelve a mostrar.",
        "Secret that signs the alerts to that address. Copy it now: it is not shown again.",
    ),
    "panic_settings": ("Cuándo frenar y cuándo avisar", "When to stop and when to alert"),
    "panic_panic_percent": (
        "Frenar plantillas si falla más del (%)",
        "Stop templates above this share of failures (%)",
    ),
    "panic_panic_minutes": ("Probar de nuevo después de (minutos)", "Probe again after (minutes)"),
    "panic_alert_percent": ("Avisar si falla más del (%)", "Alert above this share of failures (%)"),
    "panic_alert_waiting": ("Avisar con más mensajes en espera que", "Alert with more messages waiting than"),
    "panic_alert_minutes": (
        "Avisar si el más viejo espera más de (minutos)",
        "Alert if the oldest waits for more than (minutes)",
    ),
    "panic_save": ("Guardar límites", "Save limits"),
    "refused_credentials": (
        "Meta sigue rechazando la conexión de este número. Arreglalo en Meta y probá de nuevo.",
        "Meta still refuses the connection of this number. Put that right at Meta, then try again.",
    ),
    "refused_email": ("Eso no es una dirección de correo.", "That is no e-mail address."),
    "refused_webhook_url": (
        "Tiene que ser una dirección https que se alcance por internet.",
        "It must be an https address that is reached over the internet.",
    ),
    "refused_webhook_host": (
        "Esa dirección web no se encuentra. Revisá cómo está escrita o probá de nuevo en unos minutos.",
        "That web address can not be found. Check how it is written, or try again in a few minutes.",
    ),
}
