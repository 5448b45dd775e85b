# Shared by the scripts: one virtual environment, installed from the lock and only when the lock changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Compiled once, away from the sources: a third of the time of the suite would go into compiling it again.
unset PYTHONDONTWRITEBYTECODE; export PYTHONPYCACHEPREFIX="$PWD/.venv/bytecode"
PY=.venv/bin/python

# install run|test: what is locked in requirements/NAME.txt, then the package itself
install() {
  local python="${PYTHON:-python3.11}" stamp wanted
  command -v "$python" >/dev/null || python=python3
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || { echo "Cần Python 3.11 trở lên (Python 3.11 or newer is needed)." >&2; exit 1; }
  [ -x "$PY" ] || { echo "Tạo môi trường .venv …"; "$python" -m venv .venv; }
  stamp=".venv/installed-$1"
  wanted="$(cat "requirements/$1.txt" pyproject.toml src/tuanhoc/locale/*/LC_MESSAGES/*.po | sha256sum)"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "Cài các thư viện đã khóa phiên bản (requirements/$1.txt) …"
    "$PY" -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
    "$PY" -m pip install --quiet --disable-pip-version-check --no-deps -e .
    .venv/bin/pybabel --quiet compile -d src/tuanhoc/locale -D django
    echo "$wanted" > "$stamp"
  fi
}
