# shellcheck shell=bash disable=SC2034
# What the scripts that make guest images share; each sources it and says begin "$@".
set -euo pipefail
shopt -s inherit_errexit
umask 022
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1700000000} LC_ALL=C.UTF-8 TZ=UTC PATH=$PATH:/usr/sbin:/sbin

here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
name=$(basename "$here")
base='' out='' into=''

fail() { printf '%s: %s\n' "$name" "$*" >&2; exit 1; }

step() { printf '%s: %3d s  %s\n' "$name" "$SECONDS" "$*" >&3; }

# begin NEEDS ARGUMENT...: NEEDS is a list of program:package that the host must have. Afterwards $work is a directory
# that vanishes at the end, $base the layout to build on, and $result becomes $out when all went well.
begin() {
  local needs=$1 need missing=()
  shift
  arguments "$@"
  for need in $needs zstd:zstd; do
    if [[ $need = /* ]]; then [ -e "${need%%:*}" ]; else command -v "${need%%:*}" >/dev/null; fi || missing+=("${need#*:}")
  done
  [ ${#missing[@]} = 0 ] || fail "this host lacks ${missing[*]}; as root: apt-get install ${missing[*]}"
  as_root "$@"
  mkdir -p "$(dirname "$out")"
  work=$(mktemp -d "$(dirname "$out")/.$name.XXXXXX")
  chmod 755 "$work"
  tree=$work/tree result=$work/result
  mkdir "$result"
  trap finish EXIT
  trap 'exit 130' INT TERM
  exec 3>&1 4>&2 >"$out.log" 2>&1
}

arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$here/build"; echo "usage: build --base LAYOUT --out DIR"; exit 0 ;;
      --base | --out)
        [ $# -ge 2 ] || fail "$1 needs a value (see --help)"
        printf -v "${1#--}" %s "$(realpath -m "$2")"
        shift 2 ;;
      *) fail "unknown argument '$1' (see --help)" ;;
    esac
  done
  [ -n "$out" ] || fail "--out DIR is missing (see --help)"
  [ -e "$base/index.json" ] || fail "--base must be the layout that deploy/local/demo-os/build has made (see --help)"
}

# Files belong to whom the packages say: as root, or as a root of one's own.
as_root() {
  [ "$(id -u)" != 0 ] || return 0
  command -v newuidmap >/dev/null || fail "this host lacks uidmap; as root: apt-get install uidmap"
  exec unshare --map-auto --map-root-user --mount --propagation private "$here/build" "$@"
}

finish() {
  local status=$?
  if [ $status = 0 ]; then
    rm -rf "$out"
    mv "$result" "$out"
    step "$out"
    rm -f "$out.log"
  else
    printf '%s: failed after %s s; the end of %s.log:\n' "$name" "$SECONDS" "$out" >&4
    tail -n 15 "$out.log" | sed 's/^/  | /' >&4
  fi
  chattr -R -f -i "$work" || true
  rm -rf "$work"
}

# blob DIGEST: the file of the base layout.
blob() { echo "$base/blobs/sha256/${1#sha256:}"; }

# field NAME: the values of this field in the JSON on standard input, one per line, in order.
field() { grep -o "\"$1\":\"[^\"]*\"" | cut -d'"' -f4; }

# unpack_base: the base's layers, one on the other, in $tree; $release and $modules are those of its kernel.
unpack_base() {
  local manifest layer
  step "unpacking the demo OS"
  manifest=$(field digest < "$base/index.json")
  mkdir -p "$tree"
  for layer in $(sed 's/.*"layers"://' "$(blob "$manifest")" | field digest); do
    unpack_layer "$(blob "$layer")"
  done
  mkdir -p "$tree"/{dev,proc,sys,run,tmp}
  release=$(ls "$tree/usr/lib/modules")
  modules=$tree/usr/lib/modules/$release
}

unpack_layer() {
  local unpack=gzip list=$work/layer.list path
  [ "$(head -c 4 "$1" | od -An -tx1 | tr -d ' ')" != 28b52ffd ] || unpack=zstd
  $unpack -dcq "$1" > "$work/layer.tar"
  tar -tf "$work/layer.tar" > "$list"
  while read -r path; do
    case $path in
      */.wh..wh..opq) find "$tree/${path%/*}" -mindepth 1 -delete ;;
      *) rm -rf "$tree/${path%/*}/${path##*/.wh.}" ;;
    esac
  done < <(grep -E '(^|/)\.wh\.' "$list" || true)
  tar -xf "$work/layer.tar" -C "$tree" --keep-directory-symlink --exclude='.wh.*' --exclude='./dev/*'
  rm "$work/layer.tar"
}

# packages NAME...: unpacks into $into, else $tree, what apt would install in $tree for these; no script of theirs is run.
packages() {
  local deb
  step "packages $*"
  download "$work/debs" -o Dir::State::status="$tree/var/lib/dpkg/status" "$@"
  for deb in "$work"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "${into:-$tree}" --keep-directory-symlink \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*'
  done
  rm -rf "$work/debs"
}

# layer_tree: makes $into, where files for one more layer on the demo OS are gathered; /lib and the like are links there.
layer_tree() {
  into=$work/layer
  mkdir -p "$into"/usr/{bin,lib,lib64,sbin}
  ln -s usr/{bin,lib,lib64,sbin} "$into"
}

# layer_tar OUT: the layer, without the links.
layer_tar() {
  rm "$into"/{bin,lib,lib64,sbin}
  tar --create --file="$1" --directory="$into" --sort=name --format=gnu --mtime="@$SOURCE_DATE_EPOCH" .
}

# host_package NAME: unpacks one package into $work/host, for files of it that need no installation.
host_package() {
  mkdir -p "$work/host" "$work/take"
  chmod 777 "$work/take"
  (cd "$work/take" && apt-get -q download "$1")
  dpkg-deb -x "$work/take/$1"_*.deb "$work/host"
  rm -rf "$work/take"
}

# download DIRECTORY APT-OPTION-OR-PACKAGE...: what apt would install, by the host's own package lists.
download() {
  local directory=$1
  shift
  mkdir -p "$directory/partial"
  apt-get -q -y -o Debug::NoLocking=1 -o APT::Install-Recommends=false -o APT::Sandbox::User=root \
    -o Dir::Cache::archives="$directory" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    --download-only install "$@"
}

# initramfs OUT INIT MODULE...: busybox, INIT and these of the kernel's modules with what they need.
initramfs() {
  local out=$1 init=$2 number=10 module tree
  tree=$(mktemp -d "$work/initramfs.XXXXXX")
  shift 2
  mkdir -p "$tree"/{bin,dev,lib/modules,proc,run,sys,sysroot}
  cp "$(command -v busybox)" "$tree/bin/busybox"
  cp "$init" "$tree/init"
  chmod 755 "$tree/init"
  while read -r module; do
    cp "$modules/$module" "$tree/lib/modules/$number-$(basename "$module")"
    number=$((number + 1))
  done < <(with_dependencies "$@")
  [ ! -d "$work/initramfs-extra" ] || cp -a "$work/initramfs-extra/." "$tree"
  (cd "$tree" && find . | sort | cpio --create --format=newc --reproducible --owner=0:0 --quiet) > "$out"
  rm -rf "$tree"
}

# with_dependencies NAME...: the modules' files in the order in which they load. Built-in ones have no file.
with_dependencies() {
  printf '%s\n' "$@" | awk '
    NR == FNR { file = $1; sub(/:$/, "", file); name = file; sub(/.*\//, "", name); sub(/\.ko.*/, "", name)
                path[name] = file; $1 = ""; needs[name] = $0; next }
    { n = split(needs[$1], all, " "); for (i = n; i > 0; i--) once(all[i]); once(path[$1]) }
    function once(module) { if (module != "" && !seen[module]++) print module }' "$modules/modules.dep" -
}

# esp TREE OUT MIB: an EFI system partition with these files. No loop device, no mount.
esp() {
  truncate -s "${3}M" "$2"
  mkfs.vfat -F 32 -n ESP --invariant "$2"
  mcopy -s -i "$2" "$1"/* ::/
}

# ext4 TREE OUT MIB LABEL: a filesystem with these files.
ext4() {
  truncate -s "${3}M" "$2"
  mkfs.ext4 -q -L "$4" -O ^has_journal -E root_owner=0:0 -d "$1" "$2"
}

# gpt OUT LABEL:TYPE:FILE...: a disk with these partitions, each a whole number of MiB.
gpt() {
  local out=$1 part label type file start=1 size
  shift
  : > "$work/parts"
  for part in "$@"; do
    IFS=: read -r label type file <<<"$part"
    size=$(($(stat -c %s "$file") / 1048576))
    echo "start=$((start * 2048)), size=$((size * 2048)), type=$type, name=$label" >> "$work/parts"
    start=$((start + size))
  done
  truncate -s $(((start + 1) * 1048576)) "$out"
  { echo 'label: gpt'; cat "$work/parts"; } | sfdisk -q "$out"
  start=1
  for part in "$@"; do
    file=${part##*:}
    dd if="$file" of="$out" bs=1M seek=$start conv=notrunc,sparse status=none
    start=$((start + $(stat -c %s "$file") / 1048576))
    rm "$file"
  done
}

# reduce: leaves the drivers that a virtual machine with disks, CD-ROM and network can use, and no tests of python's.
reduce() {
  local keep
  keep=$(with_dependencies virtio_pci virtio_blk virtio_net virtio_scsi virtio_rng virtio_console sr_mod sd_mod ata_piix \
    ata_generic isofs squashfs loop overlay vfat nls_ascii nls_cp437 nls_iso8859-1 qemu_fw_cfg efivarfs autofs4 fuse \
    pvpanic-pci pvpanic-mmio af_packet)
  (cd "$modules" && find kernel -name '*.ko' | grep -vxF "$keep" | xargs rm -f && find kernel -type d -empty -delete)
  chroot "$tree" depmod "$release"
  rm -rf "$tree"/usr/lib/python3*/{test,lib2to3,idlelib,distutils} "$tree"/usr/share/{doc,zoneinfo,i18n,perl,bash-completion}
  find "$tree/usr/lib" -name __pycache__ -prune -exec rm -rf {} +
}

# signed_loader ESP-TREE LABEL: Debian's shim and GRUB, which Secure Boot accepts as they are, and what they boot.
signed_loader() {
  host_package shim-signed
  host_package grub-efi-amd64-signed
  mkdir -p "$1/EFI/BOOT" "$1/EFI/debian"
  cp "$work/host/usr/lib/shim/shimx64.efi.signed" "$1/EFI/BOOT/BOOTX64.EFI"
  cp "$work/host/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed" "$1/EFI/BOOT/grubx64.efi"
  grub_config "$2" "search --no-floppy --set=root --label $2" > "$1/EFI/debian/grub.cfg"
}

# grub_config LABEL FIND-ROOT: boots the kernel that lies on the root filesystem.
grub_config() {
  cat <<END
$2
set timeout=0
linux /usr/lib/modules/$release/vmlinuz root=LABEL=$1 rw console=tty0 console=ttyS0
initrd /usr/lib/modules/$release/initramfs.img
boot
END
}
