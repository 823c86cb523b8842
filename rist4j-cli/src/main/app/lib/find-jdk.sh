# Finds a JDK; read by the launchers ("." in sh), never run.

# Sets version to the feature version of the Java in $1 and runtime to its whole version; fails where there is none.
java_version() {
    version=
    runtime=
    [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
    if [ -r "$1/release" ]; then
        while IFS='=' read -r key value; do
            value=${value#\"}
            value=${value%\"}
            case $key in
                JAVA_VERSION) version=${value%%[!0-9]*} ;;
                JAVA_RUNTIME_VERSION) runtime=$value ;;
            esac
        done <"$1/release"
    else
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p')
    fi
    runtime=${runtime:-$version}
    [ -n "$version" ]
}

# Whether the Java in $1 is of version $2 or newer, and has the program $3.
is_jdk() {
    java_version "$1" && [ "$version" -ge "$2" ] && [ -x "$1/bin/$3" ]
}

# The Java that an executable on the PATH belongs to, links followed.
home_of() {
    file=$(command -v "$1" 2>/dev/null) || return 0
    while [ -h "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=${file%/*}/$link ;;
        esac
    done
    case $file in
        */bin/*) echo "${file%/bin/*}" ;;
    esac
}

# Sets jdk to a Java of version $1 or newer that has the program $2 (java or javac), and runtime to its version: JAVA_HOME,
# what the PATH knows, or the newest in the usual folders. Fails when there is none.
find_jdk() {
    for jdk in "${JAVA_HOME:-}" "$(home_of "$2")"; do
        if is_jdk "$jdk" "$1" "$2"; then
            return 0
        fi
    done
    best=
    best_version=0
    home=${HOME:-/nonexistent}
    for jdk in \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/* "$home"/.jdks/*; do
        if is_jdk "$jdk" "$1" "$2" && [ "$version" -gt "$best_version" ]; then
            best=$jdk
            best_version=$version
        fi
    done
    jdk=$best
    java_version "$jdk"
}
