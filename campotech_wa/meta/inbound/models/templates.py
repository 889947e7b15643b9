"""What becomes of templates (section 6.1)."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Shape


class TemplateValue(Shape):
    """Which template is meant; its id comes as a number of more than 15 digits."""

    message_template_id: str | None = None
    message_template_name: str | None = None
    message_template_language: str | None = None

    @property
    def language(self) -> str:
        """The language as templates write it: examples have ``en-US`` where recordings have ``pt_BR``."""
        return (self.message_template_language or "").replace("-", "_")


class DisableInfo(Shape):
    """When a template is switched off: a date in words, or unix seconds."""

    disable_date: str | None = None


class OtherInfo(Shape):
    """Why a template was paused."""

    title: str | None = None
    description: str | None = None


class RejectionInfo(Shape):
    """What to do about a rejection; only where the format is at fault."""

    reason: str | None = None
    recommendation: str | None = None


class TemplateStatusValue(TemplateValue):
    """``message_template_status_update``: approved, rejected, paused, disabled and more."""

    event: str | None = None
    reason: str | None = None
    message_template_category: str | None = None
    disable_info: DisableInfo | None = None
    other_info: OtherInfo | None = None
    rejection_info: RejectionInfo | None = None


class TemplateQualityValue(TemplateValue):
    """``message_template_quality_update``: GREEN, YELLOW, RED or UNKNOWN."""

    previous_quality_score: str | None = None
    new_quality_score: str | None = None


class TemplateButton(Shape):
    """A button of an edited template."""

    message_template_button_type: str | None = None
    message_template_button_text: str | None = None
    message_template_button_url: str | None = None
    message_template_button_phone_number: str | None = None


class TemplateComponentsValue(TemplateValue):
    """``message_template_components_update``: the words of a template; element is its body, title its header."""

    message_template_title: str | None = None
    message_template_element: str | None = None
    message_template_footer: str | None = None
    message_template_buttons: list[TemplateButton] = Field(default_factory=list[TemplateButton])


class TemplateCategoryValue(TemplateValue):
    """``template_category_update``: a template becomes dearer or cheaper, now or in 24 hours."""

    previous_category: str | None = None
    new_category: str | None = None
    correct_category: str | None = None
    category_update_timestamp: int | None = None

    @property
    def is_announced(self) -> bool:
        """Whether it is still to come; then ``new_category`` is the present one."""
        return self.correct_category is not None


class TemplateDetectionValue(TemplateValue):
    """``template_correct_category_detection``: an early warning; its shape is not known (section 8)."""

    correct_category: str | None = None
