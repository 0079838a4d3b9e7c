using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Cli.Output;

/// <summary>What a person sees when an execution has ended: the answer, and a table of what was done for it.</summary>
internal static class ExecutionReport
{
    public static void Write(ExecutionDocument document, TextWriter output)
    {
        if (document.Error is { } failure)
        {
            output.WriteLine(failure.NodeId is { } node
                ? $"{document.Status.Word()} at {node}: {failure.Message} ({failure.Code})"
                : $"{document.Status.Word()}: {failure.Message} ({failure.Code})");
            output.WriteLine();
        }
        else
        {
            output.WriteLine(document.Sandbox ? "Answer (sandbox):" : "Answer:");
            output.WriteLine(TextOf(document.Output));
            output.WriteLine();
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 120;
        }

        console.Write(TableOf(document));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{document.Status.Word()} in {document.DurationMs} ms for "
            + $"${document.TotalCostUsd:0.0000}{(document.Sandbox ? " (sandbox)" : string.Empty)}"));
    }

    private static Table TableOf(ExecutionDocument document)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("node", "agent", "model", "status")
            .AddColumn(new TableColumn("ms").RightAligned())
            .AddColumn(new TableColumn("cost").RightAligned());
        foreach (var node in document.Trace.Nodes)
        {
            table.AddRow(
                Markup.Escape(node.NodeId),
                Markup.Escape(node.Agent ?? node.Kind),
                Markup.Escape(node.Model ?? string.Empty),
                Markup.Escape(node.Status.Word()),
                node.Status == NodeStatus.Skipped ? string.Empty : node.DurationMs.ToString(CultureInfo.InvariantCulture),
                node.CostUsd > 0 ? node.CostUsd.ToString("$0.0000", CultureInfo.InvariantCulture) : string.Empty);
        }

        return table;
    }

    // An answer that is one text is shown as that text, whatever object it came in.
    private static string TextOf(JsonNode? output) => output switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonObject { Count: 1 } only when only.First() is { Key: "text" or "answer" or "summary", Value: JsonValue inner }
            && inner.TryGetValue<string>(out var text) => text,
        JsonObject reasoned when reasoned.ContainsKey("reasoning_chain") && reasoned["answer"] is JsonValue answer
            && answer.TryGetValue<string>(out var text) => text,
        null => "(none)",
        _ => output.ToJsonString(WeftJson.Indented),
    };
}
