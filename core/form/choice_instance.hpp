// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list of choices as the elements that instance('list') means in expressions, as an XForm has them:
// root/item, and in each item the name, the label where it is in one language only, and the further columns that are
// not empty. Only lists that an expression asks for are put into the tree.
#pragma once

#include "core/form/form.hpp"
#include "core/form/tree.hpp"

namespace pillarbox::form {

void add_choice_instance(const ChoiceList& list, Tree& tree);

}  // namespace pillarbox::form
