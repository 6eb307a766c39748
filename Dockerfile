# The steps of `./portal`, for production: the front end's parts, the libraries by their hashes, catalogues, static files.

FROM node:22-bookworm-slim AS frontend
WORKDIR /portal
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-trixie
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 LANG=C.UTF-8
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
WORKDIR /portal
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
COPY --from=frontend /portal/node_modules node_modules
# The values serve these two commands only and stay in no layer; the running portal refuses to start without its own.
RUN python -c "from ops.frontend import MODULES, VENDOR, copy_files; copy_files(modules=MODULES, vendor=VENDOR)" \
 && export SECRET_KEY=building FIELD_SALT=building LOOKUP_KEY=building \
 && python manage.py compile_catalogues \
 && python manage.py collectstatic --no-input \
 && rm -rf node_modules \
 && mkdir -p var/media \
 && chown -R portal:portal var
USER portal
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
