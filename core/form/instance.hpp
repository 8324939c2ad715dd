// SPDX-License-Identifier: GPL-3.0-or-later
//
// One person's answers to a form while they are given: sets answers, evaluates relevance, calculations, constraints.
//
// Answers are text in XForms lexical form, as in ODK: "12", "2023-01-20", choice names, select_multiple and rank as
// names joined by one space. An empty string is no answer. Paths are Node::path, with "[n]" (from 1) after a repeat's
// name. Threading: one thread. Memory: holds plaintext answers; the process that uses it locks and wipes its memory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/form/form.hpp"

namespace pillarbox::form {

// What is wrong with an answer, for the person who gave it: the message is from the workbook, or empty for the
// program's own words. not_a_date also stands for times, not_a_number for places. A number outside its range
// question's bounds is a constraint problem.
enum class ProblemKind { required, constraint, not_a_number, not_a_date, not_a_choice };
struct Problem {
    std::string path;
    ProblemKind kind{};
    LocalizedText message;
};

struct Answer {
    std::string path;
    std::string value;
};

// What a submission says of one entity. `id` is empty where it is created: whoever keeps the submission makes one up.
struct EntityChange {
    enum class Kind { create, update, create_or_update };
    std::string list_name;
    Kind kind{};
    std::string id, label;
    std::map<std::string, std::string, std::less<>> properties;
};

struct Environment {
    base::Day today{};
    std::string language = {};  // of choice names in calculations; empty is the form's default
    // What the order of choices in random order follows from, where the form gives no seed: drawn anew for each
    // person.
    std::uint32_t choice_seed = 1;
};

class Instance {
  public:
    // Applies defaults and calculations.
    [[nodiscard]] static base::Result<Instance> start(std::shared_ptr<const Form> form,
                                                      const Environment& environment);
    ~Instance();
    Instance(const Instance&);
    Instance& operator=(const Instance&);
    Instance(Instance&&) noexcept;
    Instance& operator=(Instance&&) noexcept;

    [[nodiscard]] const Form& form() const;

    // Changes the language of choice names in calculations (jr:choice-name).
    void set_language(std::string_view language);

    // not_found where no question has this path; conflict where the question is calculated. A value that breaks the
    // type or constraint is kept and shows up in problems_in. A change sets the answers that it triggers.
    [[nodiscard]] base::Result<void> set_answer(std::string_view path, std::string_view value);
    [[nodiscard]] const std::string& answer(std::string_view path) const;  // empty where none

    // Itself and every group above it. Of a repeat without a position: of its first repetition, also while there is
    // none.
    [[nodiscard]] bool is_relevant(std::string_view path) const;
    [[nodiscard]] bool is_required(std::string_view path) const;
    [[nodiscard]] bool is_read_only(std::string_view path) const;
    // How often the repeat at `path` ("/data/person", "/data/house[2]/person") is there now; 0 where it is no repeat.
    [[nodiscard]] std::size_t repetitions(std::string_view path) const;
    // Adds one at the end, or removes "/data/person[2]". conflict where the form counts the repetitions itself.
    [[nodiscard]] base::Result<void> add_repetition(std::string_view path);
    [[nodiscard]] base::Result<void> remove_repetition(std::string_view path);

    // The choices that pass the choice_filter now, in workbook order, or in random order where the form asks for
    // that: the same order each time.
    [[nodiscard]] std::vector<const Choice*> choices_of(std::string_view path) const;
    // The label or hint with ${references} filled in.
    [[nodiscard]] std::string label_of(std::string_view path, std::string_view language) const;
    [[nodiscard]] std::string hint_of(std::string_view path, std::string_view language) const;

    // Problems of the relevant questions at or under `path` ("" for all), in form order.
    [[nodiscard]] std::vector<Problem> problems_in(std::string_view path) const;

    // Relevant, non-empty answers in form order: what a submission carries.
    [[nodiscard]] std::vector<Answer> answers() const;
    // What the entities sheet makes of the answers now, one a repetition of each entity's repeat.
    [[nodiscard]] std::vector<EntityChange> entities() const;

  private:
    struct State;
    explicit Instance(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::form
