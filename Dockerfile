# One image for API, worker and migration; the command says which.
FROM node:24-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
# No development parts: PostgreSQL and Temporal are services of their own here.
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN mkdir /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 DATA_DIR=/data
CMD ["npm", "run", "--silent", "api"]
