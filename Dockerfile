# The program alone, for plan JSON with `--sources`: `docker build -t countersign .`
#
# To check plan files it has to run `terraform show`: copy the program into an image that holds Terraform instead,
# `COPY --from=countersign /countersign /usr/local/bin/`.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# Linked against nothing, so that it runs in an image without a library.
RUN RUSTFLAGS=-Ctarget-feature=+crt-static \
    cargo build --profile dist --locked --target x86_64-unknown-linux-gnu --bin countersign

FROM scratch
COPY --from=build /src/target/x86_64-unknown-linux-gnu/dist/countersign /countersign
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/countersign"]
