package io.rist4j.cli;

import io.rist4j.crypto.host.Utf8;
import io.rist4j.crypto.srp.VerifierFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes the records of a user for a file of SRP users, like libRIST's {@code ristsrppasswd}. */
@Command(
        name = "passwd",
        customSynopsis = "rist passwd USER [PASSWORD|-] [OPTIONS]",
        sortOptions = false,
        description = {
            "Print a user's lines for a file of SRP users, as ristsrppasswd does.",
            "Without a password it is asked for on the terminal, twice."
        },
        footer = {
            "",
            "Examples:",
            "  rist passwd alice --add users.srp",
            "  rist passwd alice --password-file secret.txt >> users.srp",
            "  pass show rist/alice | rist passwd alice - --add users.srp"
        })
final class PasswdCommand implements RistCommand {
    private static final int MAX_PASSWORD_BYTES = 255;

    @Parameters(
            index = "0",
            paramLabel = "USER",
            description = "1 to 255 octets, without a colon, not beginning with #.")
    private String user = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PASSWORD",
            description = {
                "1 to 255 octets; - reads a line of standard input. As an argument every user of"
                        + " this host can see it."
            })
    private @Nullable String password;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password is the first line of this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--add",
            paramLabel = "FILE",
            description =
                    "Put the lines into this file instead of printing them; those that the user"
                            + " had there are replaced.")
    private @Nullable Path file;

    private final InputStream standardInput;
    private final @Nullable PasswordPrompt terminal;

    /** With the console of this process. */
    PasswdCommand() {
        this(new FileInputStream(FileDescriptor.in), PasswordPrompt.ofProcess());
    }

    /**
     * @param terminal null when there is none
     */
    PasswdCommand(InputStream standardInput, @Nullable PasswordPrompt terminal) {
        this.standardInput = standardInput;
        this.terminal = terminal;
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        String lines;
        char[] secret = {};
        try {
            VerifierFile.checkUser(name);
            secret = secret();
            check(secret);
            lines = VerifierFile.lines(user, secret, new SecureRandom()::nextBytes);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(secret, '\0');
        }
        Path target = file;
        if (target == null) {
            console.out().print(lines);
        } else {
            UserFile.put(target, name, lines);
        }
        return ExitCode.DONE;
    }

    private char[] secret() throws IOException {
        String argument = password;
        Path path = passwordFile;
        if (path != null) {
            if (argument != null) {
                throw new UsageException("PASSWORD and --password-file: only one of them can be");
            }
            try (var in = new FileInputStream(path.toFile())) {
                return PasswordPrompt.firstLine(path.toString(), in);
            }
        }
        if (argument == null) {
            return asked();
        }
        return argument.equals("-")
                ? PasswordPrompt.firstLine("standard input", standardInput)
                : argument.toCharArray();
    }

    private char[] asked() throws IOException {
        if (terminal == null) {
            throw new UsageException(
                    "password missing, and no terminal to ask for it: give --password-file, or -"
                            + " for standard input");
        }
        char[] first = terminal.ask("Password for " + user + ": ");
        char[] second = terminal.ask("Again: ");
        boolean isSame = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!isSame) {
            Arrays.fill(first, '\0');
            throw new IOException("the two passwords differ");
        }
        return first;
    }

    private static void check(char[] secret) {
        byte[] octets = Utf8.encode(secret);
        int bytes = octets.length;
        Arrays.fill(octets, (byte) 0);
        if (bytes < 1 || bytes > MAX_PASSWORD_BYTES) {
            throw new UsageException(
                    "password of "
                            + bytes
                            + " octets is outside 1.."
                            + MAX_PASSWORD_BYTES
                            + " octets");
        }
    }
}
