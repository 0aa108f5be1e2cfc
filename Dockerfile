# Builds and holds Odyssey Runner. Writable at run time: /work alone, so --read-only works.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -ntp package -Dmaven.test.skip=true

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --no-create-home odyssey && install -d -o odyssey /work
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/odyssey-runner.jar /build/application.properties ./
COPY bin/odyssey bin/archive-classes bin/
COPY routes routes
# a start in half the time
RUN bin/archive-classes
# java.io.tmpdir: DuckDB unpacks its engine there
ENV WORK_DIR=/work JAVA_OPTS="-XX:MaxRAMPercentage=40 -Djava.io.tmpdir=/work"
VOLUME ["/work", "/app/routes"]
USER odyssey
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s --start-period=10s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${HEALTH_CHECK_PORT:-8080} && printf 'GET /health HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/app/bin/odyssey"]
CMD ["run"]
