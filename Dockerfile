# Two images of one repository: `api`, the server with its models, and `proxy`, nginx with the built page.
#   docker build --target api -t digits-api .      docker build --target proxy -t digits-proxy .
# Both run as an unprivileged user, on a file system that is read only but for /tmp (and /data of the API),
# on amd64 and arm64 alike: nothing is compiled, all dependencies come as wheels. docs/deploying.md says more.
ARG PYTHON_IMAGE=docker.io/library/python:3.11.13-slim-bookworm
ARG NODE_IMAGE=docker.io/library/node:20.19.4-bookworm-slim
ARG NGINX_IMAGE=docker.io/nginxinc/nginx-unprivileged:1.28.0-alpine

FROM ${PYTHON_IMAGE} AS dependencies
RUN python3 -m venv /opt/digits
COPY requirements-serve.txt .
# Left out is what nothing here uses: tests, types, sources of extensions and their symbols, drivers of graphics
# cards, tools, pip itself. What is in `*.libs` was patched and can't be stripped.
RUN /opt/digits/bin/pip install --no-cache-dir --no-compile --only-binary :all: -r requirements-serve.txt \
    && /opt/digits/bin/pip uninstall --yes --quiet setuptools pip
RUN apt-get update && apt-get install --yes --no-install-recommends binutils \
    && cd /opt/digits/lib/python3*/site-packages \
    && rm -rf sqlalchemy/testing ai_edge_litert/tools ai_edge_litert/vendors ai_edge_litert/*GpuAccelerator* \
    && find . -depth -type d \( -name tests -o -name __pycache__ \) -exec rm -r {} + \
    && find . -type f -regex '.*\.\(pyi\|map\|a\|c\|cpp\|h\|pyx\|pxd\)' -delete \
    && find . -name '*.so' -not -path '*.libs/*' -exec strip --strip-unneeded {} +

FROM ${PYTHON_IMAGE} AS api
ENV PATH=/opt/digits/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    API_HOST=0.0.0.0 API_PORT=5000 API_CACHE=/tmp/digits LEARNT_MODELS=/data/learnt
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin digits \
    && install -d -o digits /data /data/learnt
COPY --from=dependencies /opt/digits /opt/digits
WORKDIR /srv/digits
COPY models models
COPY model_training model_training
COPY backend backend
# What the server loads is compiled, and nothing else; that it can be loaded is proven on the way.
RUN PYTHONDONTWRITEBYTECODE= python3 -c "import psycopg, uvicorn_worker, uvloop; \
    from backend.reading.model_files import prepare_models; \
    from backend.serving import connections, config, server; \
    from backend.together import server as rooms; \
    taught = config.Config(teaching='on', database_url='sqlite:////tmp/unused'); \
    server.build_asgi(taught, prepare_models(taught))" && rm -rf /tmp/*
USER 10001
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['API_PORT'] + '/health', timeout=4)"]
# SIGTERM lets requests in flight be answered; API_GRACEFUL_TIMEOUT says for how long.
CMD ["python3", "-m", "backend"]

FROM ${NODE_IMAGE} AS page
WORKDIR /page/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY models ../models
COPY frontend ./
RUN npm run --silent build

FROM ${NGINX_IMAGE} AS proxy
ENV NGINX_ENVSUBST_OUTPUT_DIR=/tmp HTTP_PORT=8080 HTTPS_PORT=8443 PAGE=/srv/page CERTIFICATES=/etc/digits \
    RUN=/tmp BASE_PATH= API_SERVERS="server api:5000;" TOGETHER=off ROOMS_SERVER=127.0.0.1:5050 \
    REQUESTS_PER_SECOND=50 CONNECTIONS=50
COPY --from=page /page/frontend/dist /srv/page
COPY deploy/nginx/nginx.conf.template /etc/nginx/templates/nginx.conf.template
EXPOSE 8080 8443
HEALTHCHECK --interval=10s --timeout=5s CMD wget -q -O /dev/null http://127.0.0.1:8080/alive || exit 1
CMD ["nginx", "-c", "/tmp/nginx.conf", "-g", "daemon off;"]
