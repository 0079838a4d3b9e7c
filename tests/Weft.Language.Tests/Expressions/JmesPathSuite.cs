using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Tests.Expressions;

/// <summary>The official compliance suite of JMESPath: files of documents with expressions, and what comes of them.</summary>
internal static class JmesPathSuite
{
    /// <summary>Names the folder of the suite's JSON files.</summary>
    public const string Variable = "WEFT_JMESPATH_SUITE";

    private static string Folder => SuiteTheoryAttribute.Folder(Variable);

    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*.json").Select(x => Path.GetFileName(x)).Order(StringComparer.Ordinal);

    /// <summary>Runs each case of a file that says what must come of it; the suite's benchmarks do not.</summary>
    /// <returns>What differs: the expression, what is expected, and what came.</returns>
    public static IEnumerable<string> Differences(string file)
    {
        foreach (var group in JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsArray())
        {
            foreach (var test in group!["cases"]!.AsArray().Select(x => x!.AsObject()).Where(x => !x.ContainsKey("bench")))
            {
                var expression = test["expression"]!.GetValue<string>();
                var (found, error) = Search(expression, group["given"]);
                var expected = test["error"]?.GetValue<string>();
                if (expected != error || (error is null && !JsonNode.DeepEquals(test["result"], found)))
                {
                    yield return $"{expression}: expected {expected ?? test["result"]?.ToJsonString() ?? "null"}, came "
                        + $"{error ?? found?.ToJsonString() ?? "null"}";
                }
            }
        }
    }

    private static (JsonNode? Found, string? Error) Search(string expression, JsonNode? given)
    {
        try
        {
            return (JmesPath.Parse(expression).Search(given), null);
        }
        catch (JmesPathException exception)
        {
            return (null, exception.Kind);
        }
    }
}
