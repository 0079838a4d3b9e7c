using System.Text;
using System.Text.Json.Nodes;
using Weft.Language.Directives;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.GJson;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Language.Source;

namespace Weft.Language.Tests.Expressions;

public sealed class ExpressionFuzzTests
{
    private static readonly string[] TemplateTokens =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{{-", "-}}", "{%-", "-%}", " ", "\n", "a", "b.c", ".a", ".b.c", "$", "$x", ":=", "=", "==",
        "!=", "<", ">", "<=", "+", "-", "*", "/", "//", "%", "**", "~",
        "|", "||", "&&", "!", "(", ")", "[", "]", "{", "}", ",", ":", ".", "\"s\"", "'t'", "`r`", "\"", "'", "\\", "0", "1.5", "-2",
        "1e999", "99999999999999999999", "true", "none", "nil", "if", "elif", "else", "endif",
        "for", "in", "endfor", "range", "end", "with", "endwith", "set", "endset", "raw", "endraw", "filter", "endfilter", "break",
        "continue", "and", "or", "not", "is", "defined", "is none", "x", "xs", "o", "env", "env.A",
        "tools.a.b(", "default", "upper", "map", "join", "sort", "length", "printf", "dict", "list", "index", "slice", "eq", "loop.index",
        "namespace(", "namespace", "ns.x", "o.items()", "xs.0", "a-b", "now", "[::", "for x in xs", "x for x in xs",
        "replace", "regexMatch", "fromjson", "tojson", "groupby", "batch", "truncate", "round", "format", "\uFDD0", "\uD83D", "é", "\0",
    ];

    private static readonly string[] JmesTokens =
    [
        "a", "b", "o", "xs", ".", "..", "[", "]", "[]", "[?", "[*]", "*", "*.", "{", "}", "{a: b}", "(", ")", ",", ":", "::", "|", "||",
        "&&", "!", "==", "!=", "<", ">=", "@", "&", "`1`", "`\"s\"`", "'r'", "`", "'", "\"q\"", "\"",
        "0", "-1", "length(", "sort_by(", "&a", "map(", "max(", "keys(", "to_string(", "let $x = ", " in ", "$x", " ", "-", "\\", "\u00e9",
        "#",
    ];

    private static readonly string[] PathTokens =
        ["a", "o", "xs", ".", "#", "#(", ")", ")#", "==", "=", "!=", "<", ">", "%", "!%", "\"s\"", "'t'", "\"", "0", "1", "*", "?", "\\",
            "|", "&&", "||", "true", "null", " ", "{", "@x"];

    private const string Data =
        """{"a": 1, "b": {"c": [1, "two", null]}, "xs": [3, 1, {"a": 2}], "o": {"k": "v", "n": {"x": 1}}, "x": "text", "f": 0.5}""";

    [Fact]
    public void Template_OfRandomTokens_FailsOnlyAsATemplate()
    {
        var scope = Rendering.Scope(Data);
        var limits = new TemplateLimits { Steps = 20_000, LoopIterations = 500, OutputLength = 20_000 };
        var (parsed, rendered) = (0, 0);
        foreach (var source in Soup(TemplateTokens, 12_000, seed: 1))
        {
            try
            {
                var template = Template.Parse(source);
                parsed++;
                _ = template.ReferencedPaths.Count;
                template.Evaluate(
                    scope, new TemplateOptions { Limits = limits, Mode = parsed % 2 == 0 ? TemplateMode.Strict : TemplateMode.Lenient });
                rendered++;
            }
            catch (TemplateException exception)
            {
                Assert.InRange(exception.Position.Offset, 0, source.Length);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from: {source}\n{exception}");
            }
        }

        Assert.True(parsed > 100 && rendered > 20, $"Only {parsed} parsed and {rendered} rendered: the tokens say too little.");
    }

    [Fact]
    public void Function_OfAnyValues_FailsOnlyAsATemplate()
    {
        string[] names = [.. FunctionTable.Names];
        string[] values =
        [
            "a", "xs", "o", "x", "f", "b.c", "missing", "none", "true", "'s'", "''", "'%s %d'", "'a,b'", "'(a+)+'",
            "'2025-01-31T00:00:00Z'", "'1h'", "1", "-1", "0", "2.5", "1e308", "9223372036854775807",
            "-9223372036854775808", "[1,2]", "[[1,2],['k',2]]", "{'a':1}", "o.n", "xs[0]",
        ];
        var random = new Random(5);
        var scope = Rendering.Scope(Data);
        for (var i = 0; i < 8_000; i++)
        {
            var name = names[random.Next(names.Length)];
            string[] given = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => values[random.Next(values.Length)])];
            var source = i % 2 == 0
                ? $"{{{{ {given[0]} | {name}({string.Join(", ", given.Skip(1))}) | {names[random.Next(names.Length)]} }}}}"
                : $"{{{{ {name} {string.Join(' ', given)} }}}}";
            try
            {
                Template.Parse(source).Evaluate(scope, i % 3 == 0 ? TemplateOptions.Lenient : TemplateOptions.Strict);
            }
            catch (TemplateException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from: {source}\n{exception}");
            }
        }
    }

    [Fact]
    public void Expression_OfRandomTokens_FailsOnlyAsATemplate()
    {
        var scope = Rendering.Scope(Data);
        string[] tokens = [.. TemplateTokens.Where(
            x => !x.Contains("{{", StringComparison.Ordinal) && !x.Contains('%') && !x.Contains('#'))];
        foreach (var source in Soup(tokens, 8_000, seed: 2))
        {
            try
            {
                CompiledCondition.Parse("expr", source).Evaluate(
                    scope, new TemplateLimits { Steps = 20_000, LoopIterations = 500, OutputLength = 20_000 });
            }
            catch (WeftException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from: {source}\n{exception}");
            }
        }
    }

    [Fact]
    public void JmesPath_OfRandomTokens_FailsOnlyAsJmesPath()
    {
        var document = JsonNode.Parse(Data);
        var found = 0;
        foreach (var source in Soup(JmesTokens, 20_000, seed: 3))
        {
            try
            {
                JmesPath.Parse(source).Search(document, new TemplateLimits { Steps = 20_000 });
                found++;
            }
            catch (JmesPathException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from: {source}\n{exception}");
            }
        }

        Assert.True(found > 150, $"Only {found} were valid: the tokens say too little.");
    }

    [Fact]
    public void Path_OfRandomTokens_FailsOnlyAsAPath()
    {
        var document = SourceJson.FromJson(
            JsonNode.Parse(Data), new SourceScalar(new SourceFile("a.json", Data), 1, 1, "", ScalarKind.Text, ScalarForm.Plain, -1));
        foreach (var source in Soup(PathTokens, 20_000, seed: 4))
        {
            try
            {
                new PathWalk(node => node).Find(document, new GJsonParser(source).Parse());
            }
            catch (WeftException exception) when (exception.Code == "path_syntax")
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from: {source}\n{exception}");
            }
        }
    }

    private static IEnumerable<string> Soup(string[] tokens, int count, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Clear();
            var length = random.Next(1, 14);
            for (var j = 0; j < length; j++)
            {
                text.Append(tokens[random.Next(tokens.Length)]).Append(random.Next(3) == 0 ? " " : "");
            }

            // Every other soup of a template is one expression, so that more of them get past the parser.
            yield return i % 2 == 0 && tokens.Contains("{{") ? $"{{{{ {text} }}}}" : text.ToString();
        }
    }
}
