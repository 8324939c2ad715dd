// SPDX-License-Identifier: GPL-3.0-or-later
//
// What expressions can refer to: every node of the form by path and by name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/form.hpp"

namespace pillarbox::form {

using PathNames = std::vector<std::string>;  // {"data", "about_you", "age"}

[[nodiscard]] PathNames names_of(std::string_view path);
[[nodiscard]] std::string path_of(const PathNames& names);

class Outline {
  public:
    // The nodes outlive the outline. `root_name` is the root element's.
    Outline(const std::vector<Node>& nodes, std::string root_name);

    [[nodiscard]] bool is_root(std::string_view path) const {
        return path.size() == root_.size() + 1 && path.substr(1) == root_;
    }
    [[nodiscard]] const Node* find(std::string_view path) const;
    [[nodiscard]] const std::vector<const Node*>& named(std::string_view name) const;  // all nodes of that name
    [[nodiscard]] const std::vector<const Node*>& all() const { return all_; }         // by Node::index

  private:
    void add(const std::vector<Node>& nodes);

    std::string root_;
    std::vector<const Node*> all_;
    std::map<std::string, const Node*, std::less<>> by_path_;
    std::map<std::string, std::vector<const Node*>, std::less<>> by_name_;
};

}  // namespace pillarbox::form
