"""JupyterHub for a network: one account, workspace, key and process for each organisation.

The walk-through is docs/how-to/network-server.md. Two variables say what differs from place to
place; a third one starts a hub to try, on this computer only and without passwords.

    AMPARO_HUB_ADDRESS  the public address, for example https://notes.example.org
    AMPARO_HUB_DATA     the folder of the hub's own files (and, to try, of all workspaces)
    AMPARO_HUB_TRY      1 to try: no passwords, this computer only
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

c = get_config()  # noqa: F821 - JupyterHub puts it here

HERE = Path(__file__).resolve().parent
ADDRESS = os.environ.get("AMPARO_HUB_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
DATA = Path(os.environ.get("AMPARO_HUB_DATA", "/var/lib/amparo-hub"))
IS_TRIAL = os.environ.get("AMPARO_HUB_TRY") == "1"
public = urlsplit(ADDRESS)
if IS_TRIAL and public.hostname not in {"127.0.0.1", "localhost"}:
    sys.exit("A hub to try has no passwords: its address must be this computer's own.")
if not IS_TRIAL and public.scheme != "https":
    sys.exit("AMPARO_HUB_ADDRESS must begin with https://")

os.umask(0o077)  # nobody else reads what the hub and its servers write
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- where it is reached --------------------------------------------------------------------
# Everything listens on this machine only; nginx.conf is the door to the network.
first_port = (public.port or 8000) if public.scheme == "http" else 8000
c.JupyterHub.public_url = f"{ADDRESS}/"
c.JupyterHub.bind_url = f"http://127.0.0.1:{first_port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{first_port + 81}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{first_port + 1}"
# Its log would name accounts and addresses.
c.ConfigurableHTTPProxy.command = "configurable-http-proxy"
c.ConfigurableHTTPProxy.log_level = "error"
# A name of its own for each organisation (needs a wildcard certificate) makes browsers keep
# them apart as well: organisation.notes.example.org
# c.JupyterHub.subdomain_host = ADDRESS

# --- who comes in ---------------------------------------------------------------------------
# The network chooses. An account is an organisation: choose names that say nothing of it.
c.Authenticator.admin_users = set()  # the hub is changed in this file, by nobody from outside
c.Authenticator.username_pattern = r"[a-z][a-z0-9-]{0,31}"
if IS_TRIAL:
    c.JupyterHub.authenticator_class = "dummy"
    c.Authenticator.allow_all = True
else:
    # A system user for each organisation: adduser --disabled-login org-a; passwd org-a
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.open_sessions = False
    c.LocalAuthenticator.allowed_groups = {"amparo"}
    c.LocalAuthenticator.create_system_users = False
    # Without system users: pip install jupyterhub-firstuseauthenticator (the first password that
    # is typed stays), with the accounts named beforehand.
    # c.JupyterHub.authenticator_class = "firstuse"
    # c.FirstUseAuthenticator.create_users = False
    # c.FirstUseAuthenticator.dbm_path = str(DATA / "passwords.dbm")
    # c.Authenticator.allowed_users = {"org-a", "org-b"}

# --- what is started ------------------------------------------------------------------------
c.Spawner.cmd = [str(Path(sys.prefix) / "bin" / "amparo"), "hub-page", "--no-ready"]
c.Spawner.start_timeout = 180  # a busy machine is no failure
c.Spawner.http_timeout = 180
if IS_TRIAL:
    # All organisations are one system user here: good to try, and nothing else.
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(DATA / "{username}")
else:
    # pip install jupyterhub-systemdspawner: each organisation is its own system user, in a cage
    # of its own, and what it may take of the machine is bounded.
    c.JupyterHub.spawner_class = "systemd"
    c.SystemdSpawner.mem_limit = "700M"
    c.SystemdSpawner.cpu_limit = 1.0
    c.SystemdSpawner.isolate_tmp = True
    c.SystemdSpawner.isolate_devices = True
    c.SystemdSpawner.disable_user_sudo = True
    c.SystemdSpawner.readonly_paths = ["/"]
    c.SystemdSpawner.readwrite_paths = ["/home/{USERNAME}"]
    c.SystemdSpawner.unit_extra_properties = {
        "LimitCORE": "0",  # a dump of the memory would hold the key
        "MemorySwapMax": "0",  # and so would swap
        "TasksMax": "200",
        "UMask": "0077",
        "ProtectKernelTunables": "yes",
        "ProtectControlGroups": "yes",
        "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    }
    # Containers keep organisations apart as well, but whoever may start containers is root on
    # the machine, and so would the hub be. Where a network has them already:
    # c.JupyterHub.spawner_class = "docker"  # pip install dockerspawner
    # c.DockerSpawner.image = "amparo-hub-page"  # python:3-slim + pip install 'amparo[hub]'
    # c.DockerSpawner.cmd = ["amparo", "hub-page", "--no-ready", "--folder", "/data"]
    # c.DockerSpawner.volumes = {"amparo-{username}": "/data"}
    # c.DockerSpawner.network_name = "amparo"
    # c.DockerSpawner.remove = True
    # c.DockerSpawner.extra_host_config = {
    #     "cap_drop": ["ALL"], "read_only": True, "tmpfs": {"/tmp": "", "/run": ""},
    #     "security_opt": ["no-new-privileges"], "memswap_limit": "700m", "mem_limit": "700m",
    #     "ulimits": [{"Name": "core", "Soft": 0, "Hard": 0}],
    # }
    # c.JupyterHub.hub_ip = "0.0.0.0"  # in that network only

# --- how many, how long ---------------------------------------------------------------------
c.JupyterHub.allow_named_servers = False  # two servers would want one workspace
c.JupyterHub.concurrent_spawn_limit = 4
c.JupyterHub.active_server_limit = 50  # docs/how-to/network-server.md counts the memory
c.JupyterHub.implicit_spawn_seconds = 0.5  # nobody has to ask for the own pages twice
c.JupyterHub.shutdown_on_logout = True  # signing out locks: the keeper ends with its server
c.JupyterHub.cookie_max_age_days = 0.5
c.JupyterHub.oauth_token_expires_in = 12 * 3600
c.JupyterHub.tornado_settings = {
    # Gone with the browser.
    "cookie_options": {
        "expires_days": None,
        "samesite": "Lax",
        "secure": public.scheme == "https",
    },
    "headers": {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
}
# A server that nobody has used for an hour ends, and its workspace is locked.
c.JupyterHub.load_roles = [
    {
        "name": "user",
        "description": "reaches and starts the own server; makes no keys to the hub",
        "scopes": [
            "access:servers!user",
            "servers!user",
            "read:users:name!user",
            "read:users:groups!user",  # JupyterHub itself asks for them at the door
        ],
    },
    {
        "name": "cull",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["cull"],
    },
]
c.JupyterHub.services = [
    {
        "name": "cull",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]

# --- what stays behind ----------------------------------------------------------------------
c.JupyterHub.db_url = f"sqlite:///{DATA / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(DATA / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(DATA / "proxy.pid")
c.JupyterHub.cleanup_servers = True  # the hub ends: so do all servers, and all is locked
# A log says where something went wrong, and names no account, address or path.
c.JupyterHub.log_level = "ERROR"
c.JupyterHub.log_format = "%(levelname)s %(module)s:%(lineno)d"
# Pages that say nothing of what runs here.
c.JupyterHub.template_paths = [str(HERE / "templates")]
