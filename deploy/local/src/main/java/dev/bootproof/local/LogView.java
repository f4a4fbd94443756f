package dev.bootproof.local;

import dev.bootproof.events.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The logs of several parts as one, in the order of time. */
final class LogView {
    private final List<LogTail> tails;
    private final Predicate<LogEntry> fits;

    private LogView(List<LogTail> tails, Predicate<LogEntry> fits) {
        this.tails = tails;
        this.fits = fits;
    }

    /** What these parts say, all of it or what names this run; the latter also from before the last restart. */
    static LogView of(Lab lab, Set<Part> parts, @Nullable RunId run) {
        List<LogTail> tails = new ArrayList<>();
        for (Part part : parts) {
            if (run != null) {
                tails.add(new LogTail(part.word(), lab.home().earlierLog(part)));
            }
            tails.add(new LogTail(part.word(), lab.home().log(part)));
        }
        return new LogView(tails, run == null ? _ -> true : entry -> entry.names(run.value()));
    }

    /** The last of what was said so far. */
    List<LogEntry> past(int most) {
        List<LogEntry> all = new ArrayList<>();
        for (LogTail tail : tails) {
            Deque<LogEntry> last = new ArrayDeque<>();
            tail.read(entry -> keep(entry, last, most));
            all.addAll(last);
        }
        all.sort(Comparator.comparing(LogEntry::at));
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private void keep(LogEntry entry, Deque<LogEntry> last, int most) {
        if (fits.test(entry)) {
            last.addLast(entry);
        }
        if (last.size() > most) {
            last.removeFirst();
        }
    }

    /** What was said since. */
    List<LogEntry> next() {
        List<LogEntry> news = new ArrayList<>();
        tails.forEach(tail -> tail.read(news::add));
        return news.stream()
                .filter(fits)
                .sorted(Comparator.comparing(LogEntry::at))
                .toList();
    }
}
