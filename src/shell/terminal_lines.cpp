#include "shell/terminal_lines.hpp"

#include <histedit.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::shell {
namespace {

constexpr int history_size = 1000;

/// libedit counts columns in characters of the locale.
void choose_a_utf8_locale() {
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
}

/// Hands over each key, Ctrl-C and Ctrl-D among them, for as long as a line is read. libedit does so too, but only
/// after it has shown the prompt: a key pressed in between would be lost.
class KeyByKey {
  public:
    KeyByKey() : is_terminal_(tcgetattr(STDIN_FILENO, &former_) == 0) {
        if (!is_terminal_) return;
        termios state = former_;
        state.c_lflag &= ~static_cast<tcflag_t>(ISIG | ICANON | ECHO);
        state.c_cc[VMIN] = 1;
        state.c_cc[VTIME] = 0;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &state);
    }
    ~KeyByKey() {
        if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &former_);
    }
    KeyByKey(const KeyByKey&) = delete;
    KeyByKey& operator=(const KeyByKey&) = delete;

  private:
    termios former_{};
    bool is_terminal_;
};

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t") == std::string::npos;
}

}  // namespace

struct TerminalLines::Editor {
    Editor();
    ~Editor() {
        el_end(edit);
        history_end(past);
    }

    static char* give_prompt(EditLine* edit) {
        Editor* self = nullptr;
        el_get(edit, EL_CLIENTDATA, &self);
        return self->prompt.data();
    }
    static unsigned char on_ctrl_c(EditLine* edit, int) {
        Editor* self = nullptr;
        el_get(edit, EL_CLIENTDATA, &self);
        self->interrupted = true;
        return CC_EOF;  // which makes el_gets() return
    }

    History* past;
    EditLine* edit;
    std::string prompt;
    bool interrupted = false;
};

TerminalLines::Editor::Editor() : past(history_init()), edit(el_init("hiratake", stdin, stdout, stderr)) {
    if (past == nullptr || edit == nullptr) throw Error("the line editor cannot be started on this terminal");
    HistEvent event;
    history(past, &event, H_SETSIZE, history_size);
    history(past, &event, H_SETUNIQUE, 1);
    el_set(edit, EL_CLIENTDATA, this);
    el_set(edit, EL_PROMPT, &give_prompt);
    el_set(edit, EL_EDITOR, "emacs");
    el_set(edit, EL_HIST, history, past);
    el_set(edit, EL_SETTY, "-d", "-isig", nullptr);  // so that Ctrl-C is a key while editing
    el_set(edit, EL_ADDFN, "clear-line", "Drop what was typed", &on_ctrl_c);
    el_set(edit, EL_BIND, "^C", "clear-line", nullptr);
    el_set(edit, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(edit, nullptr);  // the user's ~/.editrc
}

TerminalLines::TerminalLines(std::filesystem::path history_file) : history_file_(std::move(history_file)) {
    choose_a_utf8_locale();
    editor_ = std::make_unique<Editor>();
    if (history_file_.empty()) return;
    std::error_code ignored;
    std::filesystem::create_directories(history_file_.parent_path(), ignored);
    HistEvent event;
    history(editor_->past, &event, H_LOAD, history_file_.c_str());
}

TerminalLines::~TerminalLines() = default;

LineSource::Result TerminalLines::read(const std::string& prompt) {
    editor_->prompt = prompt;
    editor_->interrupted = false;
    int length = 0;
    const char* text = nullptr;
    {
        const KeyByKey keys;
        text = el_gets(editor_->edit, &length);
    }
    if (editor_->interrupted) {
        std::puts("^C");
        return {.status = Status::interrupted};
    }
    if (text == nullptr || length <= 0) {
        std::puts("");
        return {.status = Status::end};
    }
    std::string line{text, static_cast<std::size_t>(length)};
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    remember(line);
    return {.status = Status::line, .line = std::move(line)};
}

void TerminalLines::remember(const std::string& line) {
    if (is_blank(line) || line.front() == ' ') return;
    HistEvent event;
    history(editor_->past, &event, H_ENTER, line.c_str());
    if (history_file_.empty()) return;
    const mode_t former = umask(0077);  // a call's arguments are nobody else's business
    history(editor_->past, &event, H_SAVE, history_file_.c_str());
    umask(former);
}

std::filesystem::path default_history_file() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') {
        return std::filesystem::path{state} / "hiratake" / "history";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        return std::filesystem::path{home} / ".local" / "state" / "hiratake" / "history";
    }
    return {};
}

}  // namespace hiratake::shell
