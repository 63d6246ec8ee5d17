# Copyright 2026 The Thimble authors.
# SPDX-License-Identifier: Apache-2.0
#
# To be sourced: apt-get with lists, packages and state of its own below $cache, so that it needs no rights, changes nothing of the
# machine's own packages, and gets Debian trixie's packages on any Debian or Ubuntu. Downloads are checked against Debian's signatures.

mirror=${THIMBLE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
cache=${XDG_CACHE_HOME:-$HOME/.cache}/thimble

die() {
  echo "$0: $*" >&2
  exit 1
}

# Makes the private apt's folders and reads Debian's lists; once a day is often enough.
private_apt_start() {
  for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null 2>&1 || die "this needs $tool (Debian, Ubuntu). $1"
  done
  [ -r "$keyring" ] || die "this needs Debian's keys, $keyring: please install the package debian-archive-keyring. $1"
  apt=$cache/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status"
  architecture=$(dpkg --print-architecture)
  for type in deb deb-src; do
    for suite in trixie trixie-backports; do
      echo "$type [signed-by=$keyring] $mirror $suite main"
    done
  done >"$apt/sources.list.new"
  if ! cmp -s "$apt/sources.list.new" "$apt/sources.list" || [ -z "$(find "$apt/updated" -mtime -1 2>/dev/null)" ]; then
    mv "$apt/sources.list.new" "$apt/sources.list"
    private_apt update || die 'could not read the lists of Debian, see above.'
    touch "$apt/updated"
  fi
}

private_apt() {
  apt-get -qq -o "APT::Architecture=$architecture" -o "Dir::State=$apt" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache" \
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o APT::Sandbox::User= -o Acquire::Languages=none -o APT::Install-Recommends=0 \
    -o pkgCacheGen::ForceEssential=, -o Debug::NoLocking=1 "$@" </dev/null >&2
}
