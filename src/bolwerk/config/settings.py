"""Django's settings, read from the environment. `bolwerk serve` refuses insecure ones in a sentence."""

from pathlib import Path

from bolwerk.config import databases, environment, host
from bolwerk.config.backup_settings import *  # noqa: F403  where backups go and how many stay
from bolwerk.config.circle_settings import *  # noqa: F403  what travels between installations
from bolwerk.config.document_settings import *  # noqa: F403  what may come in, and who may read it
from bolwerk.config.figures_settings import *  # noqa: F403  how small a group may be in figures
from bolwerk.config.hub_settings import *  # noqa: F403  what the information hub takes in
from bolwerk.config.log_settings import *  # noqa: F403  what a log file may say
from bolwerk.config.queue_settings import *  # noqa: F403  the queue, the clock and their mail
from bolwerk.config.sealing_settings import *  # noqa: F403  what a vault phrase costs, and how long a vault is open
from bolwerk.config.signin_settings import *  # noqa: F403  the door, the second factor, sessions, single sign-on
from bolwerk.config.trail_settings import *  # noqa: F403  names in the trail, and its anchors
from bolwerk.config.vault_settings import *  # noqa: F403  what lies closed, and how long it is kept

PACKAGE = Path(__file__).resolve().parent.parent
BOLWERK_DIR = environment.installation_dir()
BOLWERK_MODE = environment.read("BOLWERK_MODE")
HOST_MODE = host.host_mode()  # only the circle: config/host.py leaves the other rooms out of every list below
BOLWERK_BASE_URL = environment.read("BOLWERK_BASE_URL").rstrip("/")
DEBUG = False

_key_file = environment.file_in(BOLWERK_DIR, "BOLWERK_SECRET_KEY_FILE")
DEMO_SECRET_KEY = "demo-only-" + "0123456789" * 5  # never outside the demo and the tests: `bolwerk serve` refuses it
SECRET_KEY = environment.read_secret(_key_file) or DEMO_SECRET_KEY
BOLWERK_ERASURE_FILE = environment.file_in(BOLWERK_DIR, "BOLWERK_ERASURE_FILE")
BOLWERK_SIGNING_KEY_FILE = environment.file_in(BOLWERK_DIR, "BOLWERK_SIGNING_KEY_FILE")
BOLWERK_KEY_RING_FILE = environment.file_in(BOLWERK_DIR, "BOLWERK_KEY_RING_FILE")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", BOLWERK_BASE_URL.split("://")[-1].split("/")[0].split(":")[0]]
CSRF_TRUSTED_ORIGINS = [BOLWERK_BASE_URL]

# Who may show the tile in a frame (bolwerk.incidents.views.tile); no other page may be shown in one.
# Where circles talk at length, such as a group on Pleio: an https address to link to. We build no forum of our own.
CIRCLE_FORUM = environment.read("BOLWERK_CIRCLE_FORUM")
TILE_ORIGINS = [one.strip().rstrip("/") for one in environment.read("BOLWERK_TILE_ORIGINS").split(",") if one.strip()]

DATABASES = {
    "default": databases.database(url=environment.read("BOLWERK_DATABASE_URL"), folder=BOLWERK_DIR),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "bolwerk.overview",
    "bolwerk.hub",
    "bolwerk.circle",
    "bolwerk.incidents",
    "bolwerk.deadlines",
    "bolwerk.documents",
    "bolwerk.vault",
    "bolwerk.accounts",
    "bolwerk.processing",
    "bolwerk.audit",
    "bolwerk.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "bolwerk.audit.middleware.trace",
    "bolwerk.ui.middleware.security_headers",
    "bolwerk.ui.middleware.compressed_static",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bolwerk.circle.views.pulse.pulse",  # sixty phones ask where their group is, twice a second
    "bolwerk.accounts.signin.store.SecretSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bolwerk.ui.middleware.same_origin_proof",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bolwerk.accounts.middleware.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bolwerk.accounts.signin.middleware.session_clock",
    "bolwerk.accounts.middleware.declared_access",
    "bolwerk.documents.uploading.WholeUploads",
]
ROOT_URLCONF = "bolwerk.config.urls"
WSGI_APPLICATION = "bolwerk.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bolwerk.overview.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "bolwerk.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "bolwerk.ui.errors.form_refused"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "bolwerk.accounts.signin.length.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# What each room tells the rest of the house, by address so that overview needs no import of a room it may not know
# (contract 5). Each is a function in the room's queries; see bolwerk.overview.rooms for their shapes.
# ROOM_DOORS: (person, on=) -> the doors of the room that this person has
# ROOM_SENT: (person) -> what this person sent and what became of it
# ROOM_LOOKS: (person) -> what this person sent, with who looked at it
# ROOM_SUBJECTS: (person) -> the URNs of what the room keeps about this person, for an extract
# ROOM_EXPERIENCED: (department=code or "", year=) -> what a survey told: (share, low, high, answers) or None
# SUBJECT_ADDRESSES: app -> (urn, person, on=) -> its page, or None where it does not exist for this person
ROOM_DOORS: list[str] = [
    "bolwerk.incidents.queries.doors",
    "bolwerk.overview.safety.queries.doors",
    "bolwerk.hub.queries.doors",
    "bolwerk.circle.queries.house.doors",
    "bolwerk.circle.queries.exchange_doors.doors",
    "bolwerk.circle.queries.library_house.library_doors",
    "bolwerk.deadlines.queries.doors",
    "bolwerk.vault.queries.doors",
    "bolwerk.vault.queries.retention_doors.doors",
    "bolwerk.accounts.queries.doors",
    "bolwerk.config.doors.doors",
    "bolwerk.overview.trail.queries.doors",
]
EXAMPLE_CONTENT = ["bolwerk.accounts.actions.add_example_departments"]  # (by=, at=): offered at the first run
ROOM_SENT: list[str] = ["bolwerk.incidents.queries.sent_by"]
ROOM_LOOKS: list[str] = ["bolwerk.incidents.queries.looks_at_own"]
ROOM_SUBJECTS: list[str] = ["bolwerk.incidents.queries.subjects_of"]
ROOM_EXPERIENCED: list[str] = []  # no room holds a survey yet: pages say so
SUBJECT_ADDRESSES: dict[str, str] = {
    "incidents": "bolwerk.incidents.queries.address_of",
    "hub": "bolwerk.hub.queries.address_of",
    "circle": "bolwerk.circle.queries.house.address_of",
}

# In host mode what belongs to a closed room is left out, here and of the lists that came in above.
ROOM_DOORS = host.open_ones(ROOM_DOORS, host=HOST_MODE)
ROOM_SENT = host.open_ones(ROOM_SENT, host=HOST_MODE)
ROOM_LOOKS = host.open_ones(ROOM_LOOKS, host=HOST_MODE)
ROOM_SUBJECTS = host.open_ones(ROOM_SUBJECTS, host=HOST_MODE)
SUBJECT_ADDRESSES = host.open_apps(SUBJECT_ADDRESSES, host=HOST_MODE)
DOCUMENT_READERS = host.open_apps(DOCUMENT_READERS, host=HOST_MODE)  # noqa: F405  from the star above
DOCUMENT_REMOVERS = host.open_apps(DOCUMENT_REMOVERS, host=HOST_MODE)  # noqa: F405  from the star above
DOCUMENT_PEOPLE = host.open_apps(DOCUMENT_PEOPLE, host=HOST_MODE)  # noqa: F405  from the star above
PROCESSING_ACTIVITIES = host.open_ones(PROCESSING_ACTIVITIES, host=HOST_MODE)  # noqa: F405  from the star above
PERIODIC_JOBS = {job: every for job, every in PERIODIC_JOBS.items() if host.is_open(job, host=HOST_MODE)}  # noqa: F405  from the star above
RETENTION = host.open_ones(RETENTION, host=HOST_MODE)  # noqa: F405  from the star above
BUNDLE_AGGREGATES = host.open_apps(BUNDLE_AGGREGATES, host=HOST_MODE)  # noqa: F405  from the star above
BUNDLE_YEARS = host.open_apps(BUNDLE_YEARS, host=HOST_MODE)  # noqa: F405  from the star above
URN_NAMED = host.open_ones(URN_NAMED, host=HOST_MODE)  # noqa: F405  from the star above

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]  # each in its own language
LOCALE_PATHS = [PACKAGE / "config" / "locale", PACKAGE / "crypto" / "locale"]  # each app carries its own
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = None  # whitenoise serves from the packages themselves: nothing to collect, nothing to forget
WHITENOISE_USE_FINDERS = True

_secure = BOLWERK_BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if _secure else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
