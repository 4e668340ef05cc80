"""Every setting with its unit and default, read once at start from LINYU_* variables.

docs/settings.md lists them; a test keeps the two equal.
"""

import os
import socket
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import DirectoryPath, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """A value that cannot be right stops the start with its name."""

    model_config = SettingsConfigDict(env_prefix="LINYU_", extra="ignore")

    host: str = "127.0.0.1"
    """Address the web application listens on."""
    port: int = Field(8000, ge=1, le=65535)
    rasa_port: int = Field(5005, ge=1, le=65535)
    """Loopback only."""
    actions_port: int = Field(5055, ge=1, le=65535)
    """Loopback only."""
    inner_host: str = "127.0.0.1"
    """Address Rasa and the action server listen on; beyond this machine only in a network of our own, since they speak plain HTTP."""
    rasa_url: str = Field("", pattern=r"^(https?://[\w.\-\[\]:]+/?)?$")
    """Where the application finds Rasa, such as a balancer before several; empty is the one of this machine."""
    actions_url: str = Field("", pattern=r"^(https?://[\w.\-\[\]:]+/?)?$")
    """Where Rasa finds the action server; empty is the one of this machine."""
    hosts: Literal["one", "many"] = "one"
    """many: more than one Linyu works over one database. Secrets are then required and never made, and PostgreSQL and Redis are needed."""
    trackers: Literal["file", "database"] = "file"
    """Where Rasa remembers unfinished conversations: a file in the state folder, or the PostgreSQL that several Rasas share."""
    shared_dir: Path | None = None
    """A folder that all hosts see: models that were trained from staff's labels, and the audit's anchor. Empty is the state folder."""
    speech_dir: Path | None = None
    """Folder of the sockets of ears and voices; empty is the state folder."""
    drain_seconds: float = Field(0.0, ge=0)
    """Told to stop, the application takes no new call and waits so long for those it has; 0 stops at once."""
    state_dir: Path = ROOT / "var"
    """Database, caches, generated secrets, logs."""
    database_url: SecretStr | None = None
    """SQLAlchemy address; empty means SQLite in the state folder."""
    redis: SecretStr | None = None
    """Address of a Redis that several applications share, such as redis://:password@10.0.0.5:6379/0; empty is one alone."""
    data_key: SecretStr | None = None
    """Fernet keys that encrypt personal columns, newest first, separated by commas; empty means generated once."""
    token: SecretStr | None = None
    """Shared secret between our own processes; empty means generated once."""
    encoder: str = "use"
    """Sentence encoder: use, m3e, none, or a folder with an encoder."""
    voice: Literal["kokoro", "espeak"] = "kokoro"
    """The voice of replies: natural, or the small one alone."""
    voice_gender: Literal["female", "male"] = "female"
    """The voice that speaks until a resident asks for another."""
    voice_processes: int = Field(0, ge=0)
    """How many processes speak with the natural voice; 0 means one for every two cores, four at most."""
    voice_patience_seconds: float = Field(2.5, gt=0)
    """Longer than this nobody waits for the natural voice; the small one speaks then."""
    listeners: int = Field(12, ge=1)
    """How many people may be heard at the same moment; more are told politely."""
    ear_processes: int = Field(0, ge=0)
    """How many processes hear; 0 means one for each core, two at least and four at most."""
    vosk_zh: DirectoryPath | None = None
    """Folder of another Vosk model for Mandarin; empty means the small one with our language model."""
    second_ears: DirectoryPath | None = None
    """Folder of a second Vosk model for Mandarin, which hears again what the first is unsure of; empty means none."""
    listeners_for_telephone: int = Field(4, ge=0)
    """So many of the listeners' places are kept free for calls, where there is a telephone."""
    listeners_per_address: int = Field(6, ge=1)
    """How many people behind one client address may be heard at the same moment."""
    calls_at_once: int = Field(12, ge=1)
    """How many calls are served at the same moment, never more than can be heard; more reach the operator at once."""
    render_ahead: bool = True
    """Render what is said to everyone before it is needed: two minutes at the first start, then in the background."""
    phrase_cache_megabytes: int = Field(1000, ge=10)
    """How much rendered speech is kept on disk."""
    keep_audio_days: int = Field(0, ge=0)
    """How long recordings of residents are kept, encrypted; 0 keeps none."""
    telephone: Literal["off", "asterisk"] = "off"
    """asterisk: `linyu serve` also runs an Asterisk with our configuration (docs/telephone.md)."""
    telephone_secret: SecretStr | None = None
    """What Asterisk shows the media socket, and we show Asterisk; empty means generated once."""
    sip_host: str = "127.0.0.1"
    """Address on which Asterisk takes calls."""
    sip_port: int = Field(5060, ge=1, le=65535)
    rtp_ports: str = Field("20000-20999", pattern=r"^\d{4,5}-\d{4,5}$")
    """UDP ports for the sound of calls, two per call."""
    ari_port: int = Field(8088, ge=1, le=65535)
    """Asterisk's own interface, on loopback only."""
    sip_trunk: str = Field("", pattern=r"^([\w.-]+(:\d+)?)?$")
    """Address of the telephone provider's gateway, with its port; empty means softphones on this machine only."""
    sip_trunk_user: str = Field("", pattern=r"^[\w.+@-]*$")
    """Where the provider wants us to register; empty means that it knows us by our address."""
    sip_trunk_password: SecretStr | None = None
    sip_operator: str = Field("", pattern=r"^([\w.+-]+(@[\w.:-]+)?)?$")
    """Where a person answers: a number at the provider, or number@address; empty means whoever registers as `operator`."""
    sip_password: SecretStr | None = None
    """With which softphones register as `operator`, or `local`; empty means generated once."""
    operator_seconds: int = Field(20, ge=5)
    """How long the operator's telephone rings before we offer to call back."""
    outbound_calls: bool = True
    """Call residents, where there is a telephone: the evening before a booking, and when a case is answered."""
    places_for_callers: int = Field(4, ge=0)
    """Of the calls at once, how many are kept free for those who call us when we call residents."""
    quiet_hours: str = Field("20:30-08:30", pattern=r"^\d{2}:\d{2}-\d{2}:\d{2}$")
    """When nobody is called."""
    call_attempts: int = Field(3, ge=1)
    """How often we try to reach somebody."""
    call_retry_minutes: float = Field(45, gt=0)
    """Between two such tries."""
    audiosocket_port: int = Field(0, ge=0, le=65535)
    """TCP port, on loopback only, for an Asterisk that brings calls by AudioSocket; 0 means none."""
    public_url: str = Field("", pattern=r"^(https://[\w.-]+(:\d+)?)?$")
    """How this application is reached from outside, such as https://linyu.example; Twilio needs it."""
    twilio_auth_token: SecretStr | None = None
    """With which Twilio signs what it sends; empty means that no calls come from there."""
    twilio_operator: str = Field("", pattern=r"^(\+\d{3,15})?$")
    """Whom Twilio rings when a person is wanted, such as +867148765432; empty means that we offer to call back."""
    stream_idle_seconds: float = Field(300.0, gt=0)
    """A voice connection that sends nothing for so long is closed."""
    streams_per_address: int = Field(24, ge=1)
    """Voice connections that one client address may have open at the same moment."""
    timezone: Literal["Asia/Shanghai"] = "Asia/Shanghai"
    staff_hours: str = ""
    """Hours in which staff are on duty, such as "Mon-Fri 08:30-17:30"; empty means unknown, and we say so."""
    call_back_minutes: float = Field(30.0, gt=0)
    """Whoever asks for a person is called back within so many minutes of the staff hours; told to them, and shown in the queue."""
    kiosk_silence_seconds: float = Field(45.0, gt=1)
    """So long nobody says or presses anything at the hall's screen (/kiosk), then it ends and leaves nothing."""
    kiosk_warning_seconds: float = Field(15.0, gt=0)
    """The last part of that time, in which it asks whether to go on."""
    push_contact: str = Field("", pattern=r"^((mailto:[^@\s]+@|https://)[\w-]+(\.[\w-]+)+)?$")
    """Where push services reach the office, such as mailto:it@example.gov.cn; empty: no device is told news by Web Push."""
    vapid_key: SecretStr | None = None
    """P-256 key, base64url, with which push services know us; empty means generated once."""
    push_services: str = Field(
        "fcm.googleapis.com, push.services.mozilla.com, push.apple.com, notify.windows.com",
        pattern=r"^([\w.:/-]+([ ,]+|$))*$",
    )
    """Hosts to which news is sent, and those below them, separated by commas; a browser that names another is refused."""
    hall_networks: str = "127.0.0.0/8, ::1"
    """Addresses or networks of the hall's screens, separated by commas: only there a visitor is checked in by a number."""
    operator_phone: str = ""
    """Number of a person to call; empty means none is known, and we say so."""
    trusted_proxies: str = ""
    """Addresses or networks whose X-Forwarded-For is believed, separated by commas."""
    allowed_hosts: str = ""
    """Names under which browsers reach us, separated by commas; requests for others are refused. Empty means any."""
    widget_origins: str = Field("", pattern=r"^(https?://[\w.-]+(:\d+)?([ ,]+|$))*$")
    """Sites that may put the chat on their pages by /embed.js, such as https://www.example.gov.cn, separated by commas; empty: none."""
    messages_per_minute: int = Field(30, ge=1)
    """Per conversation."""
    requests_per_minute: int = Field(600, ge=1)
    """Per client address."""
    conversations_per_minute: int = Field(300, ge=1)
    """New conversations per client address; a factory dormitory shares one address."""
    bookings_per_phone_and_time: int = Field(2, ge=1)
    """Open bookings of one phone for the same time; whoever needs more is led to a person."""
    bookings_per_phone: int = Field(20, ge=1)
    """Open bookings of one phone in all."""
    cases_per_phone: int = Field(10, ge=1)
    """Open cases of one phone; whoever has more to say is led to a person."""
    cases_per_conversation: int = Field(5, ge=1)
    """Open cases filed in one conversation."""
    open311: bool = False
    """Other systems may read our cases without persons, and file cases, over Open311 GeoReport v2."""
    open311_posts_per_minute: int = Field(30, ge=1)
    """Cases of one partner's key."""
    records_per_hour: int = Field(60, ge=1)
    """Bookings and cases together, per client address."""
    photos_per_hour: int = Field(120, ge=1)
    """Pictures per client address."""
    reply_timeout_seconds: float = Field(12.0, gt=0)
    """How long one turn may take before the resident is asked to wait."""
    case_response_days: float = Field(1.0, gt=0)
    """First response to a case, after the plan's 3.2."""
    case_settlement_days: float = Field(3.0, gt=0)
    """Settlement of a case, after the plan's 3.2."""
    case_working_days: bool = False
    """Count the two targets in working days."""
    audit_witness: Path | None = None
    """File to which the state of the audit is added a second time, best on another disk; empty is among the logs."""
    transcript_days: int = Field(180, ge=1)
    """How long turns are kept."""
    booking_days: int = Field(365, ge=1)
    """How long bookings are kept after their day."""
    case_days: int = Field(1095, ge=1)
    """How long a case that is done keeps name, phone, place and words; number, category, state and dates stay."""
    handover_days: int = Field(365, ge=1)
    """How long wishes for a person are kept."""
    draft_hours: float = Field(24.0, gt=0)
    """How long an unfinished conversation is kept by Rasa."""
    waiting_offer_hours: float = Field(12.0, gt=0)
    """How long a seat that became free is held for the next on the waiting list."""
    worker_seconds: float = Field(5.0, gt=0)
    """How often the worker looks for due tasks."""
    staff_idle_minutes: float = Field(15.0, gt=0, le=720)
    """After this long without a click, staff sign in again."""
    staff_second_factor: Literal["required", "optional"] = "required"
    """Whether staff must set up an authenticator app before the console opens."""
    staff_logins_per_minute: int = Field(30, ge=1)
    """Tries to sign in per client address."""
    instance: str = ""
    """Name of this start, which `linyu serve` gives to what it starts and `readyz` repeats."""
    demo_data: bool = True
    """Load the offerings marked 示例 on the first start."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @model_validator(mode="after")
    def _twilio_needs_our_address(self) -> Self:
        """Its signature covers the address at which it asks us."""
        if self.twilio_auth_token and not self.public_url:
            raise ValueError("LINYU_TWILIO_AUTH_TOKEN needs LINYU_PUBLIC_URL")
        return self

    @property
    def server_name(self) -> str | None:
        """Of this application among several; None where it is alone."""
        return f"{socket.gethostname()}:{self.port}" if self.hosts == "many" else None

    @property
    def rasa_address(self) -> str:
        """Without a slash at its end."""
        return self.rasa_url.rstrip("/") or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_address(self) -> str:
        return self.actions_url.rstrip("/") or f"http://127.0.0.1:{self.actions_port}"

    @property
    def trained_models(self) -> Path:
        """Where models trained from staff's labels lie."""
        return (self.shared_dir or self.state_dir) / "models"

    @property
    def speech_folder(self) -> Path:
        """Where ears and voices listen."""
        return self.speech_dir or self.state_dir

    @property
    def proxies(self) -> list[str]:
        """Those to believe; never "*", with which everybody could choose the address that is counted."""
        return [named for one in self.trusted_proxies.split(",") if (named := one.strip()) not in ("", "*")]

    @field_validator("hall_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        _networks(value)
        return value

    def is_in_hall(self, address: str) -> bool:
        """Does this client address belong to one of the hall's screens?"""
        try:
            at = ip_address(address)
        except ValueError:
            return False
        return any(at in network for network in _networks(self.hall_networks))

    @property
    def audit_files(self) -> tuple[Path, Path]:
        """What remembers the audit outside the database: the anchor and its witness."""
        kept = self.shared_dir or self.state_dir
        return kept / "audit" / "anchor", self.audit_witness or kept / "logs" / "audit-anchor.log"

    @property
    def calls_served(self) -> int:
        """At the same moment."""
        return min(self.calls_at_once, self.listeners)

    @property
    def ears_run(self) -> int:
        """How many processes hear."""
        return self.ear_processes or min(4, max(2, os.cpu_count() or 2))

    @property
    def voices_run(self) -> int:
        """How many processes speak with the natural voice, each on two cores; none where it is not wanted."""
        if self.voice == "espeak":
            return 0
        return self.voice_processes or min(4, max(1, (os.cpu_count() or 2) // 2))

    @property
    def places_for_telephone(self) -> int:
        """Of the listeners' places; none where no calls can come, and never all of them."""
        rings = self.telephone != "off" or self.audiosocket_port or self.twilio_auth_token
        return min(self.listeners_for_telephone, self.listeners - 1) if rings else 0

    @property
    def encoder_name(self) -> str:
        """What `encoders.open_encoder` takes: "use", or where another encoder lies; empty for none."""
        names = {"none": "", "use": "use", "m3e": str(ROOT / "models" / "m3e")}
        return names.get(self.encoder, self.encoder)

    @property
    def redis_url(self) -> str:
        """Of the Redis that several applications share; empty for none."""
        return self.redis.get_secret_value() if self.redis else ""

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.state_dir / 'linyu.db'}"


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Raises ValueError."""
    return [ip_network(one.strip()) for one in text.split(",") if one.strip()]
