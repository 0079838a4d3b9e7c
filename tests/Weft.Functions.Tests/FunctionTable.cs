using System.Text.RegularExpressions;
using Weft.Workflows.Contracts;

namespace Weft.Functions.Tests;

/// <summary>A function as its attributes in the source say.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Its trigger and what that says, in one line.</param>
/// <param name="BindsClient">Whether it brings the engine's client.</param>
internal sealed partial record FunctionEntry(string Name, string Trigger, bool BindsClient)
{
    /// <summary>Reads every function of the host, in the order of files.</summary>
    public static IReadOnlyList<FunctionEntry> ReadAll()
    {
        var steps = typeof(StepNames).GetFields().ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!, StringComparer.Ordinal);
        var functions = new List<FunctionEntry>();
        foreach (var file in ProjectFiles.Below("src/Weft.Functions", "*.cs"))
        {
            var text = File.ReadAllText(file);
            var constants =
                Constant().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
            var starts = Function().Matches(text);
            for (var i = 0; i < starts.Count; i++)
            {
                var end = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
                var declaration = text[starts[i].Index..end];
                var named = starts[i].Groups["name"].Value;
                var name = named[0] == '"' ? named.Trim('"')
                    : named.StartsWith("StepNames.", StringComparison.Ordinal) ? steps[named["StepNames.".Length..]]
                    : constants[named];
                var triggers = TriggerAttribute().Matches(declaration);
                if (triggers.Count != 1)
                {
                    throw new InvalidOperationException($"Function {name} in {file} has {triggers.Count} triggers.");
                }

                functions.Add(
                    new FunctionEntry(name, Describe(triggers[0]), declaration.Contains("[DurableClient]", StringComparison.Ordinal)));
            }
        }

        return functions;
    }

    private static string Describe(Match trigger)
    {
        var arguments = trigger.Groups["arguments"].Value;
        var texts = Text().Matches(arguments).Select(m => m.Groups["text"].Value).ToList();
        return trigger.Groups["kind"].Value switch
        {
            "Http" => $"http {string.Join(',', texts.SkipLast(1))} {texts[^1]} "
                + $"{Level().Match(arguments).Groups["level"].Value.ToLowerInvariant()}",
            "Timer" => $"timer {texts[0]}",
            "ServiceBus" =>
                $"queue {texts[0]} {texts[1]}{(arguments.Contains("IsSessionsEnabled = true", StringComparison.Ordinal) ? " sessions" : "")}"
                + (arguments.Contains("AutoCompleteMessages = false", StringComparison.Ordinal) ? " settled by hand" : ""),
            var kind => kind.ToLowerInvariant(),
        };
    }

    [GeneratedRegex("""\[Function\((?<name>"[^"]+"|[\w.]+)\)\]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Function();

    [GeneratedRegex("""\[(?<kind>Http|Activity|Orchestration|Timer|ServiceBus)Trigger(\((?<arguments>([^()"]|"[^"]*")*)\))?\]""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TriggerAttribute();

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"AuthorizationLevel\.(?<level>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Level();

    [GeneratedRegex("const string (?<name>\\w+) = \"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();
}
