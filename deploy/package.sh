#!/bin/sh
# Makes the packages that bring their own Java runtime, from the plain one that the build makes:
#   mvn -B -pl server -am -DskipTests package
#   deploy/package.sh        rollcall-VERSION-linux-x64.tar.gz and rollcall_VERSION_amd64.deb, in server/target
# Needs jlink of a JDK 17 or newer that brings its own libraries (Eclipse Temurin does; Debian's OpenJDK doesn't), in JAVA_HOME or on
# the PATH; dpkg-deb for the .deb. Run it on the processor that the package is for: on arm64 it makes the packages for arm64.
# The same sources and the same JDK make the same bytes.
set -eu
cd "$(dirname "$0")/.."
target=$PWD/server/target

# Java's modules that the program's libraries use. crypto.ec: TLS; localedata: names of weekdays and months; zipfs: class files of
# libraries; unsupported: Netty; security.auth: whose files the keys of TLS=local are; incubator.vector: models that are computed in Java.
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting
modules=$modules,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.incubator.vector
modules=$modules,jdk.jfr,jdk.localedata,jdk.management,jdk.security.auth,jdk.unsupported,jdk.zipfs

# What a screen or a sound card needs, and a service never.
unused="libawt_xawt.so libjawt.so libjsound.so libsplashscreen.so"

# The C library's own files, which every Linux with glibc has.
system=" libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 "

die() {
    echo "package.sh: $1" >&2
    exit 1
}

case $(uname -s)-$(uname -m) in
    Linux-x86_64) arch=x64 debian=amd64 ;;
    Linux-aarch64) arch=arm64 debian=arm64 ;;
    *) die "there is no package for $(uname -s) on $(uname -m)" ;;
esac

plain=$(ls "$target"/rollcall-[0-9]*.tar.gz 2>/dev/null | grep -v -e '-linux-' | head -n 1) || true
[ -n "$plain" ] || die "there is no server/target/rollcall-VERSION.tar.gz: run 'mvn -B -pl server -am -DskipTests package' first"
version=${plain##*/rollcall-}
version=${version%.tar.gz}
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
command -v "$jlink" >/dev/null || die "jlink is missing: install a JDK 17 or newer, and set JAVA_HOME"
SOURCE_DATE_EPOCH=$(date -u -d "$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)" +%s)
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

runtime() {
    echo "A Java runtime, by $($jlink --version) of $(dirname "$(dirname "$(readlink -f "$(command -v "$jlink")")")") ..."
    "$jlink" --add-modules "$modules" --include-locales=en,de,es --strip-java-debug-attributes --no-man-pages --no-header-files \
        --output "$1"
    for file in $unused; do
        rm -f "$1/lib/$file"
    done
    # Quickens the start: Java's own classes, already read, for the options that the launcher chooses.
    options=
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")" -lt 25 ] || options="-XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
    # shellcheck disable=SC2086
    "$1/bin/java" -Xshare:dump -XX:+UseSerialGC $options >/dev/null
    find "$1" -name '*.so' -o -path "$1/bin/java" | while read -r file; do
        for needed in $(LC_ALL=C readelf -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
            case $system in *" $needed "*) continue ;; esac
            [ -n "$(find "$1" -name "$needed")" ] ||
                die "this JDK's $(basename "$file") needs $needed of the system: use one that brings it, such as Eclipse Temurin"
        done
    done
}

folder=$work/rollcall-$version
tar xzf "$plain" -C "$work"
runtime "$folder/runtime"
echo "A trial of the program with this runtime ..."
(cd "$work" && env -u JAVA_HOME DATA_DIR="$work/data" PATH=/usr/bin:/bin "$folder/rollcall" models >/dev/null) ||
    die "the program doesn't run with this runtime"

archive=$target/rollcall-$version-linux-$arch.tar.gz
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$work" -cf - "rollcall-$version" |
    gzip -9n >"$archive"
ls -sh1 "$archive"

command -v dpkg-deb >/dev/null || die "dpkg-deb is missing: no .deb was made"
root=$work/root
mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/lib/systemd/system" "$root/DEBIAN"
mv "$folder" "$root/opt/rollcall"
ln -s /etc/rollcall/rollcall.env "$root/opt/rollcall/.env"
install -m 755 deploy/deb/rollcall "$root/usr/bin/rollcall"
install -m 644 deploy/systemd/rollcall.service deploy/systemd/rollcall-backup.service deploy/systemd/rollcall-backup.timer \
    "$root/usr/lib/systemd/system/"
sed -e "s/@VERSION@/$(echo "$version" | sed 's/-/~/g')/" -e "s/@ARCHITECTURE@/$debian/" \
    -e "s/@SIZE@/$(find "$root" -type f -printf '%s\n' | awk '{ bytes += $1 } END { print int(bytes / 1024) }')/" deploy/deb/control >"$root/DEBIAN/control"
install -m 755 deploy/deb/postinst deploy/deb/prerm deploy/deb/postrm "$root/DEBIAN/"
find "$root" -type d -exec chmod 755 {} +
# Compressed by gzip, as the archive is: its largest files are compressed already.
dpkg-deb --root-owner-group -Zgzip --build "$root" "$target" >/dev/null
ls -sh1 "$target"/rollcall_*_"$debian".deb
