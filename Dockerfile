# The native executable in an image of its own: mvn package -Dnative && native/image
ARG BASE=scratch
FROM ${BASE}
# The executable, and the few libraries that it needs, as native/image has put them together.
COPY target/image/ /
EXPOSE 4566
HEALTHCHECK --interval=5s --timeout=3s CMD ["/hakoniwa", "health"]
ENTRYPOINT ["/hakoniwa"]
