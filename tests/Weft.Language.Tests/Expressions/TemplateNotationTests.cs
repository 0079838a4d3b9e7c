using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class TemplateNotationTests
{
    private const string Data = """
        {
          "name": "Ada", "n": 3, "f": 0.5, "yes": true, "no": false, "nothing": null, "empty": "",
          "xs": [1, 2, 3], "words": ["beta", "Alpha"], "tags": [],
          "user": {"name": "Bob", "roles": ["admin", "dev"], "a-b": 7},
          "people": [{"name": "x", "age": 30, "tags": ["p", "q"]}, {"name": "y", "age": 20, "tags": ["q"]}],
          "tasks": {"extract-0": {"output": {"rows": 5}}}
        }
        """;

    [Theory]
    [InlineData("Hello {{ name }}!", "Hello Ada!")]
    [InlineData("{{name}}{{ user.name }}", "AdaBob")]
    [InlineData("{{ user['name'] }} {{ user[\"roles\"][0] }} {{ xs[-1] }} {{ xs.0 }}", "Bob admin 3 1")]
    [InlineData("{{ xs[1:] }} {{ xs[:2] }} {{ xs[::-1] }} {{ name[0:2] }} {{ name[-1] }}", "[2,3] [1,2] [3,2,1] Ad a")]
    [InlineData("{{ name | upper }} {{ name|lower|title }}", "ADA Ada")]
    [InlineData("{{ missing | default('x') }}{{ user.missing.deep | default(\"y\") }}{{ nothing | default('z') }}", "xyz")]
    [InlineData("{{ empty | default('x') }}|{{ empty | default('x', true) }}|{{ empty | d('y', boolean=true) }}", "|x|y")]
    [InlineData(
        "{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 7 / 2 }} {{ 4 / 2 }}",
        "7 9 3 -4 1 2 1024 3.5 2")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ true }} {{ 'a' + 'b' }} {{ 'ab' * 2 }} {{ [1] + [2] }}", "a1true ab abab [1,2]")]
    [InlineData("{{ n > 2 and not no }} {{ 1 < n < 5 }} {{ 1 < n < 3 }} {{ n == 3.0 }} {{ n != 3 }}", "true true false true false")]
    [InlineData("{{ 2 in xs }} {{ 5 not in xs }} {{ 'd' in name }} {{ 'name' in user }}", "true true true true")]
    [InlineData("{{ 'big' if n > 2 else 'small' }} {{ 'x' if no }}|{{ 'a' if no else 'b' if no else 'c' }}", "big |c")]
    [InlineData(
        "{{ name is defined }} {{ zip_code is defined }} {{ nothing is none }} {{ n is odd }} {{ n is not even }} {{ 9 is divisibleby 3 "
        + "}} {{ 9 is divisibleby(2) }}", "true false true true true true false")]
    [InlineData("{{ name is string }} {{ n is number }} {{ user is mapping }} {{ xs is iterable }} {{ n is iterable }} {{ n is in xs }}",
        "true true true true false true")]
    [InlineData("{{ {'a': [1, 'two', none], \"b\": {'c': true}} }}", """{"a":[1,"two",null],"b":{"c":true}}""")]
    [InlineData("{{ [1, 2,] }}{{ [] }}{{ {} }}{{ (1, 2) }}", "[1,2][]{}[1,2]")]
    [InlineData(
        "{{ user.items() | length }} {{ user.keys() | join(',') }} {{ name.upper() }} {{ 'a,b'.split(',')[1] }} {{ ', '.join(words) }}",
        "3 name,roles,a-b ADA b beta, Alpha")]
    [InlineData(
        "{{ user.get('name') }} {{ user.get('zip', 'none') }} {{ name.replace('A', 'O') }} {{ name.startswith('A') }} {{ '{} of "
        + "{1}'.format(1, 2) }}", "Bob none Oda true 1 of 2")]
    [InlineData("{{ yes }} {{ no }} {{ nothing }}| {{ n }} {{ f }} {{ 3.0 }} {{ 1e3 }} {{ 1_000 }}", "true false | 3 0.5 3 1000 1000")]
    [InlineData("{{ 'it\\'s \\u00e9 \\n' }}{{ \"q\\\"\" }}", "it's é \nq\"")]
    [InlineData("{{ range(3) }} {{ range(1, 10, 4) | list }} {{ range(0) }}", "[0,1,2] [1,5,9] []")]
    [InlineData(
        "{{ [p.name for p in people if p.age > 25] }} {{ sum(p.age for p in people) }} {{ any(x > 2 for x in xs) }} {{ all(x > 2 for x "
        + "in xs) }}", """["x"] 50 true false""")]
    [InlineData("{{ -n }} {{ +n }} {{ -5 | abs }} {{ not n }} {{ !no }} {{ n || 0 }} {{ no && 1 }}", "-3 3 5 false true 3 false")]
    [InlineData("{{ {\"a\": {\"b\": 1}}}}", """{"a":{"b":1}}""")]
    public void Jinja_Expressions(string template, string expected) => Assert.Equal(expected, Text(template, Data));

    [Theory]
    [InlineData("{% if n > 2 %}big{% else %}small{% endif %}", "big")]
    [InlineData("{% if no %}a{% elif n == 3 %}b{% else %}c{% endif %}", "b")]
    [InlineData(
        "{% if unknown %}a{% endif %}{% if unknown.deep.path %}b{% else %}c{% endif %}{% if not unknown %}d{% endif %}{% if unknown and "
        + "n %}e{% endif %}{% if unknown or n %}f{% endif %}", "cdf")]
    [InlineData(
        "{% for x in xs %}{{ loop.index }}/{{ loop.length }}:{{ x }}{% if not loop.last %},{% endif %}{% endfor %}", "1/3:1,2/3:2,3/3:3")]
    [InlineData("{% for x in xs %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }} {% endfor %}", "03true 12false 21false ")]
    [InlineData("{% for x in tags %}{{ x }}{% else %}none{% endfor %}{% for x in nothing %}a{% else %}b{% endfor %}", "noneb")]
    [InlineData("{% for k, v in user.items() %}{{ k }}={{ v }};{% endfor %}", """name=Bob;roles=["admin","dev"];a-b=7;""")]
    [InlineData("{% for k in user %}{{ k }} {% endfor %}{% for c in name %}{{ c }}.{% endfor %}", "name roles a-b A.d.a.")]
    [InlineData("{% for p in people if p.age > 25 %}{{ p.name }}{{ loop.length }}{% endfor %}", "x1")]
    [InlineData("{% for p in people %}{% for t in p.tags %}{{ p.name }}{{ t }}{{ loop.index }} {% endfor %}{{ loop.index }};{% endfor %}",
        "xp1 xq2 1;yq1 2;")]
    [InlineData("{% for x in xs %}{{ loop.cycle('a', 'b') }}{{ loop.previtem }}{{ loop.nextitem }} {% endfor %}", "a2 b13 a2 ")]
    [InlineData("{% set x = 5 %}{{ x }}{% set a, b = [1, 2] %}{{ a }}{{ b }}{% set t = 1, 2 %}{{ t }}", "512[1,2]")]
    [InlineData("{% set x = 1 %}{% for i in xs %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}", "2 3 4 1")]
    [InlineData("{% set ns = namespace(total=0) %}{% for i in xs %}{% set ns.total = ns.total + i %}{% endfor %}{{ ns.total }}", "6")]
    [InlineData("{% if yes %}{% set inside = 'seen' %}{% endif %}{{ inside }}", "seen")]
    [InlineData("{% set name = name | upper %}{{ name }}", "ADA")]
    [InlineData("{% set block %}Hi {{ name }}{% endset %}[{{ block }}]{% set loud | upper %}hi{% endset %}{{ loud }}", "[Hi Ada]HI")]
    [InlineData("{% filter upper %}a{{ name }}{% endfilter %}", "AADA")]
    [InlineData("{% with a = 1, b = a + 1 %}{{ a }}{{ b }}{% endwith %}", "12")]
    [InlineData("{% raw %}{{ not }} {% this %}{% endraw %}{# gone #}|", "{{ not }} {% this %}|")]
    [InlineData("a  {%- if yes -%}  b  {%- endif -%}  c", "abc")]
    [InlineData("a\n  {{- name -}}  \nb {#- x -#} c", "aAdabc")]
    [InlineData("{% for x in xs %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}", "1")]
    [InlineData("{% for group, items in people | groupby('age') %}{{ group }}:{{ items | map(attribute='name') | join }} {% endfor %}",
        "20:y 30:x ")]
    public void Jinja_Statements(string template, string expected) => Assert.Equal(expected, Text(template, Data));

    [Theory]
    [InlineData("{{ .name }} {{ .user.name }} {{ $.name }} {{ $.user.roles }}", """Ada Bob Ada ["admin","dev"]""")]
    [InlineData("{{ .missing | default \"x\" }}{{ .empty | default \"y\" }}{{ default \"z\" .nothing }}{{ default 5 .n }}", "xyz3")]
    [InlineData("{{ range .xs }}{{ . }},{{ end }}{{ range .tags }}x{{ else }}none{{ end }}", "1,2,3,none")]
    [InlineData("{{ range $i, $x := .xs }}{{ $i }}={{ $x }} {{ end }}{{ range $x := .xs }}{{ $x }}{{ end }}", "0=1 1=2 2=3 123")]
    [InlineData("{{ range .people }}{{ .name }}:{{ $.name }}:{{ range .tags }}{{ . }}{{ end }} {{ end }}", "x:Ada:pq y:Ada:q ")]
    [InlineData("{{ range $k, $v := .user }}{{ $k }};{{ end }}{{ range 2 }}{{ . }}{{ end }}", "name;roles;a-b;01")]
    [InlineData(
        "{{ if .yes }}a{{ else }}b{{ end }}{{ if .no }}a{{ else if eq .n 3 }}c{{ else }}d{{ end }}{{ if .missing }}e{{ end }}", "ac")]
    [InlineData(
        "{{ with .user }}{{ .name }}{{ $.n }}{{ end }}{{ with .missing }}a{{ else }}b{{ end }}{{ with $u := .user }}{{ $u.name }}{{ end }}",
        "Bob3bBob")]
    [InlineData("{{ $x := 1 }}{{ $x }}{{ $x = 2 }}{{ $x }}{{ range .xs }}{{ $x = . }}{{ end }}{{ $x }}", "123")]
    [InlineData("{{ if $u := .user }}{{ $u.name }}{{ end }}{{ $y := .user.name | upper }}{{ $y }}", "BobBOB")]
    [InlineData(
        "{{ eq .n 3 }} {{ eq .n 1 2 3 }} {{ ne .n 3 }} {{ lt .n 5 }} {{ ge .n 3 }} {{ not .no }} {{ and .yes .n }} {{ or .no .empty "
        + "\"x\" }}", "true true false true true true 3 x")]
    [InlineData(
        "{{ len .xs }} {{ index .xs 1 }} {{ index .user \"roles\" 0 }} {{ slice .name 1 3 }} {{ index .tasks \"extract-0\" \"output\" }}",
        """3 2 admin da {"rows":5}""")]
    [InlineData("{{ printf \"%s is %d, %.2f %v %q %5d|%-4s|%t %x\" .name .n .f .xs \"q\" 42 \"ab\" true 255 }}",
        "Ada is 3, 0.50 [1,2,3] \"q\"    42|ab  |true ff")]
    [InlineData("{{ print \"a\" 1 2 \"b\" }} {{ (index .people 0).name }} {{ (printf \"%d\" .n) | quote }}", "a1 2b x \"3\"")]
    [InlineData(
        "{{ .name | replace \"A\" \"O\" | upper }} {{ replace \"d\" \"t\" .name }} {{ .words | join \", \" }} {{ join \"-\" .words }}",
        "ODA Ata beta, Alpha beta-Alpha")]
    [InlineData(
        "{{ contains \"d\" .name }} {{ .name | contains \"z\" }} {{ hasPrefix \"A\" .name }} {{ .name | trunc 2 }} {{ substr 0 2 .name }}",
        "true false true Ad Ad")]
    [InlineData(
        "{{ add 1 2 3 }} {{ sub 5 2 }} {{ .n | sub 5 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 3 }} {{ .n | add -1 }} {{ max 1 5 2 }}",
        "6 3 2 6 3 1 2 5")]
    [InlineData(
        "{{ if and (eq .n 3) (or .no .yes) }}yes{{ end }} {{ if not (eq .n 3) }}no{{ end }} {{ not (eq .n 3) }} {{ eq .n 3 | not }}",
        "yes  false false")]
    [InlineData("{{ ternary \"a\" \"b\" .yes }} {{ .no | ternary \"a\" \"b\" }} {{ coalesce .missing .empty \"c\" }} {{ empty .tags }}",
        "a b c true")]
    [InlineData(
        "{{ dict \"a\" 1 \"b\" (list 1 2) | toJson }} {{ get .user \"name\" }} {{ hasKey .user \"zip\" }} {{ has 2 .xs }} {{ list 1 "
        + "\"x\" | first }}", """{"a":1,"b":[1,2]} Bob false true 1""")]
    [InlineData("{{ .tasks.extract-0.output.rows }} {{ .user.a-b }} {{ index .user \"a-b\" }}", "5 7 7")]
    [InlineData("{{/* a comment */}}a{{- /* trimmed */ -}} b", "ab")]
    [InlineData("{{ range .xs }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}", "1")]
    [InlineData("{{ `raw \\n` }} {{ \"{{\" }} {{- 3 }} {{-3}} {{ -3 -}} !", "raw \\n {{3 -3 -3!")]
    [InlineData(
        "{{ .words | sortAlpha | first }} {{ until 3 }} {{ untilStep 0 6 2 }} {{ seq 3 }} {{ .xs | last }} {{ rest .xs }} {{ initial .xs "
        + "}} {{ append .xs 4 }} {{ without .xs 2 }}", "Alpha [0,1,2] [0,2,4] [1,2,3] 3 [2,3] [1,2] [1,2,3,4] [1,3]")]
    [InlineData(
        "{{ regexMatch \"^A\" .name }} {{ regexReplaceAll \"[aeiou]\" .name \"*\" }} {{ \"a1b22\" | regexFind \"[0-9]+\" }} {{ .name | "
        + "nindent 2 }}", "true Ad* 1 \n  Ada")]
    [InlineData(
        "{{ dig \"user\" \"name\" \"none\" $ }} {{ dig \"a\" \"b\" \"none\" .user }} {{ pick .user \"name\" }} {{ omit .user \"roles\" "
        + "\"a-b\" }} {{ get (merge (dict \"name\" \"M\") .user) \"name\" }}", """Bob none {"name":"Bob"} {"name":"Bob"} M""")]
    public void Go_Templates(string template, string expected) => Assert.Equal(expected, Text(template, Data));

    [Theory]
    [InlineData("""{{ .name == "Ada" && .f > 0.4 }}""", "true")]
    [InlineData("{{ .missing | default('x') }}{{ .xs | length }}{{ .xs | sum }}", "x36")]
    [InlineData(
        "{{ .people | map('age') | sum }} {{ .people | map('age') | avg }} {{ .people | map('tags') | flatten | length }} {{ .people | "
        + "filter('name', 'y') | length }}", "50 25 3 1")]
    [InlineData("{{ .words | join(\", \") }} {{ .xs | slice(0, 2) }} {{ .people[.n - 2].name }}", "beta, Alpha [1,2] y")]
    [InlineData("{% for p in .people %}{{ p.name }}{{ .name }}{% endfor %}", "xAdayAda")]
    [InlineData("{{ range .people }}{% if .age > 25 %}{{ .name | upper }}{% endif %}{{ end }}", "X")]
    [InlineData("{% set v = 2 %}{{ range .xs }}{% if v == . %}hit{% endif %}{{ end }}", "hit")]
    [InlineData(
        "{{ .words | map('upper') | join('+') }} {{ people | map('name') | list }} {{ people | sort(attribute='age') | "
        + "map(attribute='name') | join }}", """BETA+ALPHA ["x","y"] yx""")]
    [InlineData("{{ tasks.extract-0.output.rows }} {{ n-1 }} {{ n - 1 }} {{ n-1*2 }}", "5 2 2 1")]
    [InlineData("{{ .user.name }}{{ user.name }}{{ $.user['name'] }}", "BobBobBob")]
    public void Mixed_Notations(string template, string expected) => Assert.Equal(expected, Text(template, Data));

    [Theory]
    [InlineData("{{ .xs }}", "[1,2,3]")]
    [InlineData("  {{ user.roles }}\n", """["admin","dev"]""")]
    [InlineData("{{ n }}", "3")]
    [InlineData("{{ n + 0.5 }}", "3.5")]
    [InlineData("{{ yes }}", "true")]
    [InlineData("{{ nothing }}", "null")]
    [InlineData("{{ n }} items", "\"3 items\"")]
    [InlineData("{{ n }}{{ n }}", "\"33\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("{# c #}{{ xs | first }}", "1")]
    [InlineData("{% if yes %}{{ n }}{% endif %}", "\"3\"")]
    public void Evaluate_OneExpression_KeepsItsType(string template, string expected) => Assert.Equal(expected, Json(template, Data));

    [Fact]
    public void Evaluate_BigAndExactNumbers_ComeThroughAsTheyAre() =>
        Assert.Equal("[12345678901234567890,0.1,1e+300]",
            Json("{{ v }}", """{"v": [12345678901234567890, 0.1, 1e+300]}""").Replace("1E+300", "1e+300", StringComparison.Ordinal));
}
