// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "core/html/markup.hpp"

using namespace pillarbox;

TEST_CASE("No text and no attribute becomes markup, whatever was typed") {
    html::Markup markup;
    markup.leaf("p", "<script>alert('x')</script> & \"more\"", {{"title", "\" onclick=\"x"}});
    CHECK(markup.take() ==
          "<p title=\"&quot; onclick=&quot;x\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; "
          "&quot;more&quot;</p>\n");
}

TEST_CASE("Elements close from the innermost outwards") {
    html::Markup markup;
    markup.open("ul").open("li").link("/a?b=1&c=2", "Here").close().close();
    CHECK(markup.take() == "<ul><li><a href=\"/a?b=1&amp;c=2\">Here</a>\n</li>\n</ul>\n");
}

TEST_CASE("A marked passage adds no space to the text around it") {
    html::Markup markup;
    markup.open("p").text("Dr").leaf("mark", "Example").text("'s").close();
    CHECK(markup.take() == "<p>Dr<mark>Example</mark>&#39;s</p>\n");
}
