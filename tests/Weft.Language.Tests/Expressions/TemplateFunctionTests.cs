using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class TemplateFunctionTests
{
    private const string Data = """
        {
          "xs": [3, 1, 2, 3], "words": ["b", "A", "c"], "mixed": [0, 1, "", "x", null, [], [1]],
          "o": {"b": 2, "a": 1, "C": 3},
          "people": [{"n": "x", "age": 30, "city": {"name": "B"}}, {"n": "y", "age": 20, "city": {"name": "A"}}, {"n": "z", "age": 30, "city": {"name": "B"}}],
          "t": "2025-01-31T10:20:30Z", "s": "Hello brave new world"
        }
        """;

    [Theory]
    // Texts
    [InlineData("{{ s | truncate(14) }}|{{ s | truncate(14, true) }}|{{ s | truncate(14, false, '…') }}|{{ s | truncate(20) }}",
        "Hello...|Hello brave...|Hello brave…|Hello brave new...")]
    [InlineData("{{ s | wordcount }} {{ s | capitalize }} {{ 'hELLO wORLD-x' | title }} {{ 'x' | center(5) }}|",
        "4 Hello brave new world Hello World-X   x  |")]
    [InlineData(
        "{{ '  a ' | trim }}{{ 'xxaxx'.strip('x') }}{{ 'xxa'.lstrip('x') }}{{ 'axx'.rstrip('x') }}{{ trimPrefix('prefix-a', 'prefix-') "
        + "}}{{ 'a.txt' | trimSuffix('.txt') }}", "aaaaaa")]
    [InlineData(
        "{{ 'aXbXc' | replace('X', '-') }} {{ 'aXbXc' | replace('X', '-', 1) }} {{ 'a b  c' | split }} {{ 'a,b,c' | split(',', 1) }}",
        """a-b-c a-bXc ["a","b","c"] ["a","b,c"]""")]
    [InlineData("{{ 'a\nb\n\nc' | indent(2) }}", "a\n  b\n\n  c")]
    [InlineData("{{ 'a\nb' | indent(2, true) }}|{{ indent 2 'a\nb' }}|{{ 'x' | indent('> ', first=true) }}", "  a\n  b|  a\n  b|> x")]
    [InlineData("{{ 'one two three' | wordwrap(8) }}|{{ 'a\nb' | splitlines }}", "one two\nthree|[\"a\",\"b\"]")]
    [InlineData(
        "{{ '%s has %05.1f%%' | format('x', 2.25) }} {{ printf \"%+d %e %c\" 5 1234.5 1 if false else printf(\"%+d %.1e\", 5, 1234.5) }}",
        "x has 002.2% +5 1.2e+03")]
    [InlineData(
        "{{ 'x' | quote }} {{ 'x' | squote }} {{ 'someName x' | snakecase }} {{ 'some_name' | camelcase }} {{ 'someName' | kebabcase }}",
        "\"x\" 'x' some_name_x SomeName some-name")]
    [InlineData(
        "{{ 'a-b' | contains('-') }} {{ 'abc' is startswith('ab') }} {{ 'abc'.find('c') }} {{ 'abca'.count('a') }} {{ 'ab' | repeat(2) "
        + "}} {{ 'a' | rjust(3, '0') }} {{ '-7' | zfill(4) }}", "true true 2 2 abab 00a -007")]
    [InlineData(
        "{{ '12'.isdigit() }} {{ 'ab1'.isalpha() }} {{ '' | isdigit }} {{ 'A' is upper }} {{ cat 'a' 1 none 'b' }} {{ plural 'one' "
        + "'many' 2 }} file{{ 2 | pluralize }}", "true false false true a 1 b many files")]
    [InlineData(
        "{{ 'h\u00e9llo 😀!' | length }} {{ 'a😀b'[1] }} {{ 'a😀b' | reverse }} {{ '<b>x</b> y' | striptags }} {{ 'x y' | initials }}",
        "8 😀 b😀a x y xy")]
    [InlineData(
        "{{ 'a1b2' | regexReplace('[0-9]', '#') }} {{ 'k=v' | regexReplace('(\\w)=(\\w)', '$2=$1') }} {{ 'a1b22' | "
        + "regexFindAll('[0-9]+') }} {{ 'k=v' | regexGroups('(?<key>\\w)=(?<value>\\w)') }} {{ 'a1b' | regexSplit('\\d') }}",
        """a#b# v=k ["1","22"] {"key":"k","value":"v"} ["a","b"]""")]
    // Numbers
    [InlineData(
        "{{ 2.5 | round }} {{ 2.675 | round(2) }} {{ 2.61 | round(1, 'floor') }} {{ 2.61 | round(method='ceil') }} {{ 1234 | round(-2) "
        + "}} {{ -2.5 | round }}", "3 2.68 2.6 3 1200 -3")]
    [InlineData(
        "{{ 2.1 | ceil }} {{ 2.9 | floor }} {{ -5 | abs }} {{ '42' | int }} {{ '4.9' | int }} {{ 'x' | int(7) }} {{ '2.5' | float }} {{ "
        + "true | int }} {{ 'x' | float(0) }}", "3 2 5 42 4 7 2.5 1 0")]
    [InlineData(
        "{{ add 1 2.5 }} {{ sub 5 7 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ divf 7 2 }} {{ mod -7 3 }} {{ pow(2, 8) }} {{ add1 4 }} {{ "
        + "max(1, 9, 3) }} {{ [4, 2] | min }}", "3.5 -2 24 3 3.5 2 256 5 9 2")]
    [InlineData(
        "{{ 9223372036854775807 + 1 }} {{ 2 ** 63 }} {{ 2 ** 62 }} {{ 0.1 + 0.2 }} {{ 1e21 }} {{ 7 // -2 }} {{ 7 % -3 }} {{ 10 / 4 }} {{ "
        + "2 ** -1 }}", "9.223372036854776E+18 9.223372036854776E+18 4611686018427387904 0.30000000000000004 1E+21 -4 -2 2.5 0.5")]
    [InlineData("{{ 1500000 | filesizeformat }} {{ 1 | filesizeformat }} {{ 1536 | filesizeformat(true) }}", "1.5 MB 1 Byte 1.5 KiB")]
    // Lists
    [InlineData(
        "{{ xs | first }}{{ xs | last }} {{ [] | first }}|{{ xs | sort }} {{ xs | sort(reverse=true) }} {{ words | sort }} {{ words | "
        + "sort(case_sensitive=true) }}", """33 |[1,2,3,3] [3,3,2,1] ["A","b","c"] ["A","b","c"]""")]
    [InlineData(
        "{{ xs | unique }} {{ xs | uniq }} {{ ['a', 'A'] | unique }} {{ xs | reverse }} {{ xs | sum }} {{ xs | avg }} {{ xs | min }} {{ "
        + "xs | max }} {{ [] | avg }}|{{ [] | max }}|", "[3,1,2] [3,1,2] [\"a\"] [3,2,1,3] 9 2.25 1 3 ||")]
    [InlineData(
        "{{ people | sort(attribute='age') | map(attribute='n') | join }} {{ people | sortBy('n', reverse=true) | map('n') | first }} {{ "
        + "people | map('city.name') | unique | join }}", "yxz z BA")]
    [InlineData(
        "{{ people | sum('age') }} {{ people | sum(attribute='age', start=10) }} {{ people | max(attribute='age') | get('n') }} {{ "
        + "people | minBy('age') | get('n') }} {{ people | avg('age') | round(1) }}", "80 90 x y 26.7")]
    [InlineData(
        "{{ people | selectattr('age', 'gt', 25) | map('n') }} {{ people | rejectattr('age', '>', 25) | map('n') }} {{ people | "
        + "selectattr('n', 'in', ['x', 'y']) | list | length }} {{ people | selectattr('zip', 'defined') | list }}",
        """["x","z"] ["y"] 2 []""")]
    [InlineData(
        "{{ xs | select('odd') | list }} {{ xs | reject('>', 2) }} {{ mixed | select }} {{ mixed | compact | length }} {{ mixed | "
        + "select('none') | length }}", "[3,1,3] [1,2] [1,\"x\",[1]] 3 1")]
    [InlineData(
        "{{ people | filter('age', 30) | map('n') }} {{ people | filter('age', '<', 30) | map('n') }} {{ people | filter('n') | length "
        + "}} {{ people | where('city.name', 'A') | length }}", """["x","z"] ["y"] 3 1""")]
    [InlineData(
        "{% for g in people | groupby('age') %}{{ g[0] }}:{{ g[1] | length }} {% endfor %}{{ people | countBy('age') }} {{ people | "
        + "keyBy('n') | keys }}", """20:1 30:2 {"30":2,"20":1} ["x","y","z"]""")]
    [InlineData(
        "{{ [1,2,3,4,5] | batch(2) }} {{ [1,2,3] | batch(2, 0) }} {{ chunk 2 (list 1 2 3) }} {{ [1,[2,[3]]] | flatten }} {{ [1,[2,[3]]] "
        + "| flatten(1) }}", "[[1,2],[3,4],[5]] [[1,2],[3,0]] [[1,2],[3]] [1,2,3] [1,2,[3]]")]
    [InlineData(
        "{{ concat [1] [2] }} {{ prepend [1] 0 }} {{ [1,2,1] | without(1) }} {{ union([1,2],[2,3]) }} {{ intersect([1,2],[2,3]) }} {{ "
        + "difference([1,2],[2,3]) }} {{ zip([1,2],['a','b']) }} {{ ['a'] | enumerate(1) }}",
        """[1,2] [0,1] [2] [1,2,3] [2] [1] [[1,"a"],[2,"b"]] [[1,"a"]]""")]
    [InlineData(
        "{{ xs | slice(1) }} {{ xs | slice(-2) }} {{ slice .xs 1 2 }} {{ 'hello' | slice(1, 3) }} {{ 'abc' | list }} {{ xs | has(2) }} "
        + "{{ [true, 0] | any }} {{ [true, 0] | all }}", """[1,2,3] [2,3] [1] el ["a","b","c"] true true false""")]
    [InlineData(
        "{{ words | map('lower') | join }} {{ [' a '] | map('trim') | first }} {{ ['ab'] | map('replace', 'a', 'x') | first }} {{ "
        + "[[1,2]] | map('first') | first }} {{ [[1,2]] | map('length') | first }}", "bac a xb 1 2")]
    // Objects
    [InlineData("{{ o | dictsort }} {{ o | dictsort(by='value', reverse=true) }} {{ o | items }} {{ o | keys }} {{ o | values | sum }}",
        """[["a",1],["b",2],["C",3]] [["C",3],["b",2],["a",1]] [["b",2],["a",1],["C",3]] ["b","a","C"] 6""")]
    [InlineData(
        "{{ set(o, 'a', 9) | get('a') }}{{ o.a }} {{ merge({'a': {'x': 1}}, {'a': {'y': 2}, 'b': 3}) }} {{ mergeOverwrite({'a': 1}, "
        + "{'a': 2}) }} {{ unset(o, 'b') | keys }} {{ fromItems([['k', 1]]) }}",
        """91 {"a":{"x":1,"y":2},"b":3} {"a":2} ["a","C"] {"k":1}""")]
    [InlineData(
        "{{ dict('a', 1) }} {{ dict(a=1, b='x') }} {{ people[0] | pick('n', 'zip') }} {{ o | omit(['b', 'C']) }} {{ o | hasKey('b') }} "
        + "{{ people[0] | dig('city', 'name', 'none') }} {{ get(people[0], 'city.name') }} {{ pluck \"n\" (index .people 0) (index "
        + ".people 1) }}", """{"a":1} {"a":1,"b":"x"} {"n":"x"} {"a":1} true B B ["x","y"]""")]
    // Encodings
    [InlineData("{{ {'a': [1, 'é\"\\n']} | tojson }} {{ [] | toJson }} {{ '{\"a\": 1}' | fromjson | get('a') }} {{ none | tojson }}",
        """{"a":[1,"é\"\n"]} [] 1 null""")]
    [InlineData("{{ {'a': [1], 'b': {}} | toPrettyJson }}", "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}")]
    [InlineData(
        "{{ 'hé' | b64enc }} {{ 'aMOp' | b64dec }} {{ 'a b/ü&' | urlencode }} {{ {'a': 'x y', 'b': 1} | urlencode }} {{ 'a%20b' | "
        + "urldecode }} {{ '<a href=\"x\">' | e }} {{ '&lt;' | unescape }}",
        "aMOp hé a%20b/%C3%BC%26 a=x%20y&b=1 a b &lt;a href=&#34;x&#34;&gt; <")]
    [InlineData("{{ 'abc' | sha256 }} {{ 'ab' | hexenc }} {{ '6162' | hexdec }}",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 6162 ab")]
    // Times and ids
    [InlineData(
        "{{ now | date(\"2006-01-02 15:04:05\") }} {{ now | date \"Jan 2, 2006 at 3:04pm (MST)\" }} {{ t | date('%Y/%m/%d %H:%M %j-%-d') "
        + "}} {{ date \"Mon Monday Jan January\" .t }}",
        "2025-11-20 12:30:05 Nov 20, 2025 at 12:30pm (UTC) 2025/01/31 10:20 %j-31 Fri Friday Jan January")]
    [InlineData(
        "{{ t | unixEpoch }} {{ 0 | date('rfc3339') }} {{ t | dateModify('-1.5h') }} {{ dateModify \"1d2h\" .t }} {{ now | unixMillis }} "
        + "{{ t | toDate }} {{ toDate \"02/01/2006\" \"31/12/2024\" }}",
        "1738318830 1970-01-01T00:00:00Z 2025-01-31T08:50:30Z 2025-02-01T12:20:30Z 1763641805000 2025-01-31T10:20:30Z "
        + "2024-12-31T00:00:00Z")]
    [InlineData(
        "{{ '2025-11-20T11:29:04Z' | ago }} {{ 3661 | duration }} {{ '1h30m' | seconds }} {{ '2 days' | seconds }} {{ "
        + "secondsBetween('2025-01-01T00:00:00Z', '2025-01-01T00:01:00Z') }}", "1h1m1s 1h1m1s 5400 172800 60")]
    [InlineData("{{ uuid }} {{ uuidv4 }} {{ uuid() }}",
        "11111111-2222-3333-4444-555555555555 11111111-2222-3333-4444-555555555555 11111111-2222-3333-4444-555555555555")]
    // Logic and kinds
    [InlineData(
        "{{ kindOf 1 }} {{ type('x') }} {{ none | type }} {{ [] | kindOf }} {{ {} | kindOf }} {{ 'no' | bool }} {{ 'x' | bool }} {{ 5 | "
        + "string ~ 1 }} {{ str(1.0) }}", "number string null array object false true 51 1")]
    [InlineData(
        "{{ notNull(none, '', 'x') }}|{{ coalesce(none, '', 'x') }} {{ ternary(true, 1, 2) }} {{ eq(1, 1.0) }} {{ ne 1 2 }} {{ 1 is eq 1 "
        + "}} {{ 3 is ge 3 }} {{ 'a' is in ['a'] }} {{ [1] is contains(1) }} {{ 'ab' is match('^a') }}",
        "|x 1 true true true true true true true")]
    [InlineData(
        "{{ [] is empty }} {{ 0 is truthy }} {{ 1.5 is float }} {{ 2 is integer }} {{ true is boolean }} {{ true is true }} {{ 'x' is "
        + "sequence }} {{ {} is mapping }} {{ [] is list }} {{ 1 is sameas 1 }}", "true false true true true true true true true true")]
    // Null where data has none
    [InlineData(
        "{{ none | upper }}|{{ none | length }}|{{ none | join(',') }}|{{ [1, none] | sum }}|{{ none | sort }}|{{ [none, 1] | sort }}",
        "|0||1|[]|[null,1]")]
    public void Function_GivesItsResult(string template, string expected) => Assert.Equal(expected, Text(template, Data));

    [Theory]
    [InlineData("{{ 'x' | fromjson }}")]
    [InlineData("{{ '!' | b64dec }}")]
    [InlineData("{{ 'zz' | hexdec }}")]
    [InlineData("{{ 'soon' | date('2006') }}")]
    [InlineData("{{ 'soon' | seconds }}")]
    [InlineData("{{ '9999-12-31T00:00:00Z' | dateModify('9000h') }}")]
    [InlineData("{{ '%d' | format('x') }}")]
    [InlineData("{{ '%s' | format }}")]
    [InlineData("{{ '%' | format }}")]
    [InlineData("{{ '{} {}'.format(1) }}")]
    [InlineData("{{ [1] | batch(0) }}")]
    [InlineData("{{ range(1, 2, 0) }}")]
    [InlineData("{{ [1][::0] }}")]
    [InlineData("{{ [1] | map }}")]
    [InlineData("{{ dict('a') }}")]
    [InlineData("{{ [1] | select('nonsense') }}")]
    [InlineData("{{ 5 | round(method='up') if false else 5.5 | round(0, 'up') }}")]
    public void Function_GivenWhatItCantUse_IsAnErrorOfTheTemplate(string template) =>
        Assert.StartsWith("template_", Assert.Throws<TemplateException>(() => Text(template, Data)).Code, StringComparison.Ordinal);
}
