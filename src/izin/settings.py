"""Environment → typed constants, read once. Refuses to start half-configured.

Every setting that an operator may change is an environment variable that begins with ``IZIN_``; the list is in
``docs/settings.md``. A setting that is wrong stops the process with a sentence that says what to do.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from izin.lib import embedded_postgres
from izin.lib.errors import IzinError
from izin.lib.places import data_directory

PACKAGE = Path(__file__).resolve().parent


class HalfConfigured(IzinError):
    """A setting is missing or contradicts another one."""


def secret_from_file(file: Path) -> str:
    """The text of a secret file that only its owner may read; made with random content when it is not there yet.

    Of several processes that start at the same moment one makes it, and nobody reads it half written.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(48))
        whole = Path(name)
        whole.chmod(0o400)
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(whole)
        whole.unlink()
    return file.read_text().strip()


def database_of(role: str) -> dict[str, object]:
    """Django's connection settings for one database role of ours (``web``, ``dispatch``, ``owner``, ``ops``)."""
    user = f"izin_{role}"
    options: dict[str, object] = {"server_side_binding": True, "application_name": f"izin {role}"}
    connection: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options, "CONN_MAX_AGE": 0}
    url = os.environ.get(f"IZIN_DATABASE_URL_{role.upper()}") or os.environ.get("IZIN_DATABASE_URL")
    if not url:
        place = embedded_postgres.location(DATA)
        return connection | {"NAME": place.database, "HOST": str(place.socket), "PORT": str(place.port), "USER": user}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise HalfConfigured("IZIN_DATABASE_URL must look like postgresql://izin_web:password@host:5432/izin.")
    named = unquote(parts.username or user)
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host, port = asked.pop("host", parts.hostname or ""), asked.pop("port", str(parts.port or ""))
    connection["OPTIONS"] = options | asked  # sslmode and its like
    return connection | {
        "NAME": unquote(parts.path.strip("/")),
        "HOST": host,
        "PORT": port,
        # The web role in the address stands for all four: each process takes its own. Any other user is taken as it
        # is, and refused at start-up if it could see across organisations.
        "USER": user if named.startswith("izin_") else named,
        "PASSWORD": unquote(parts.password or ""),
    }


def certificates_in(name: str) -> Path | None:
    """The PEM file of this name, in which there is a certificate; None for no name. Raises HalfConfigured."""
    if not name:
        return None
    from cryptography.x509 import load_pem_x509_certificates

    try:
        load_pem_x509_certificates(Path(name).read_bytes())
    except (OSError, ValueError):
        raise HalfConfigured(
            "IZIN_TIMESTAMP_ROOT must name a PEM file with the root certificate of the time stamp authority."
        ) from None
    return Path(name)


def flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in ("1", "true", "yes", "on")


DATA = data_directory()
ROLE = os.environ.get("IZIN_ROLE", "web")
if ROLE not in ("web", "dispatch", "owner", "ops"):
    raise HalfConfigured("IZIN_ROLE must be one of web, dispatch, owner, ops.")

WEB_BIND = os.environ.get("IZIN_WEB_BIND", "127.0.0.1:8000")
DOOR_BIND = os.environ.get("IZIN_DOOR_BIND", "127.0.0.1:8001")
PUBLIC_URL = os.environ.get("IZIN_PUBLIC_URL", f"http://{WEB_BIND}").rstrip("/")
DOOR_URL = os.environ.get("IZIN_DOOR_URL", f"http://{DOOR_BIND}").rstrip("/")
# Where a new business account is reached: Meta, a provider that speaks Meta's API, or the simulator.
WHATSAPP_URL = os.environ.get("IZIN_WHATSAPP_URL", "https://graph.facebook.com").rstrip("/")
ROOT_KEY_FILE = Path(os.environ.get("IZIN_ROOT_KEY_FILE", DATA / "keys" / "root.key"))
CHECKPOINTS = Path(os.environ.get("IZIN_CHECKPOINTS", DATA / "checkpoints"))
# A time stamp authority (RFC 3161 over HTTP), and the PEM file with the root that its stamps must lead to.
TIMESTAMP_URL = os.environ.get("IZIN_TIMESTAMP_URL", "").strip()
if TIMESTAMP_URL and not (TIMESTAMP_URL.startswith(("http://", "https://")) and urlsplit(TIMESTAMP_URL).hostname):
    raise HalfConfigured("IZIN_TIMESTAMP_URL must look like http://tsa.example/, or be empty: then nothing is stamped.")
TIMESTAMP_ROOT = certificates_in(os.environ.get("IZIN_TIMESTAMP_ROOT", ""))
# How long a message whose answer was lost waits for WhatsApp's own status before it is called unresolved.
UNCERTAIN_WINDOW_S = float(os.environ.get("IZIN_UNCERTAIN_WINDOW_S", str(24 * 3600)))
# How long WhatsApp may be silent about messages it accepted before the lanes stand still.
WEBHOOK_SILENCE_S = float(os.environ.get("IZIN_WEBHOOK_SILENCE_S", "300"))
DEBUG = flag("IZIN_DEBUG")
SECRET_KEY = os.environ.get("IZIN_SECRET_KEY") or secret_from_file(DATA / "keys" / "session.key")
SECURE = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("IZIN_ALLOWED_HOSTS", f"{urlsplit(PUBLIC_URL).hostname},127.0.0.1,localhost").split(",")
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "izin.organisations",
    "izin.ledger",
    "izin.notices",
    "izin.contacts",
    "izin.consent",
    "izin.whatsapp",
    "izin.accountability",
    "izin.campaigns",
    "izin.dispatch",
    "izin.inbound",
    "izin.rights",
    "izin.evidence",
    "izin.compliance",
    "izin.public",
    "izin.staff",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "izin.staff.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "izin.staff.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "izin.urls"
WSGI_APPLICATION = "izin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "izin.staff.shell.context",
            ],
        },
    }
]

DATABASES = {"default": database_of(ROLE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisations.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "staff:sign_in"
LOGIN_REDIRECT_URL = "staff:home"

LANGUAGE_CODE = "ms"
LANGUAGES = [("ms", "Bahasa Melayu"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "izin_language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = os.environ.get("IZIN_TIME_ZONE", "Asia/Kuala_Lumpur")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static" if (DATA / "static").is_dir() else None  # pages are served from the package otherwise
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024  # an upload holds numbers: it never touches a temporary file
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

SESSION_COOKIE_NAME = "__Host-izin" if SECURE else "izin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if SECURE else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": "izin.consent.addresses.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("IZIN_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # Procrastinate names each job at INFO; its arguments are opaque ids, and still they stay out of the log.
        "procrastinate": {"level": "WARNING"},
    },
}
