using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weft.Cli.Hosting;
using Weft.Embedded.Sqlite;
using Weft.Language;

namespace Weft.Cli.Commands;

/// <summary>What the listing commands share: where they read, and a table or JSON of what they read.</summary>
internal static class ListingCommand
{
    /// <summary>A column: its heading, and the path of its value in a row.</summary>
    internal sealed record Column(string Heading, string Path);

    /// <summary>Finishes a command that reads one path.</summary>
    /// <param name="command">The command, with its own options.</param>
    /// <param name="pathOf">The path to read, from the parsed options.</param>
    /// <param name="rowsAt">Where the rows lie in the answer. One that holds none there is shown as JSON.</param>
    /// <param name="columns">The columns of the table.</param>
    public static Command Reading(Command command, Func<ParseResult, string> pathOf, string rowsAt, params Column[] columns)
    {
        var url = new Option<string?>(
            "--url") { Description = "Ask a server that runs, such as http://127.0.0.1:7071, instead of the data folder." };
        var (json, data, sandbox, folders) =
            (CommonOptions.Json(), CommonOptions.Data(), CommonOptions.Sandbox(), CommonOptions.Workflows());
        command.Options.Add(url);
        command.Options.Add(json);
        command.Options.Add(data);
        command.Options.Add(sandbox);
        command.Options.Add(folders);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri? server = null;
            if (parsed.GetValue(url) is { } given && !Uri.TryCreate(given, UriKind.Absolute, out server))
            {
                throw new UsageException($"--url: '{given}' is no address.");
            }

            var settings = new HostSettings
            {
                DataFolder = parsed.GetValue(data)!,
                Sandbox = parsed.GetValue(sandbox),
                WorkflowFolders = CommonOptions.Folders(parsed.GetValue(folders)),
            };
            var answer = await ReadAsync(pathOf(parsed), server, settings, cancellationToken);
            var rows = (answer as JsonObject)?[rowsAt] as JsonArray;
            if (parsed.GetValue(json) || rows is null)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(answer?.ToJsonString(WeftJson.Indented) ?? "null");
            }
            else
            {
                Show(rows, columns, parsed.InvocationConfiguration.Output);
            }

            return ExitCodes.Completed;
        });
        return command;
    }

    private static async Task<JsonNode?> ReadAsync(string path, Uri? server, HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await ApiReader.GetAsync(path, server, settings, cancellationToken);
        }
        catch (DataFolderInUseException busy)
        {
            throw new ConfigurationException($"{busy.Message} A server that runs on it can be asked with --url http://127.0.0.1:7071.");
        }
    }

    private static void Show(JsonArray rows, Column[] columns, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 160;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column.Heading);
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(c => Markup.Escape(TextOf(row, c.Path))).ToArray());
        }

        console.Write(table);
        if (rows.Count == 0)
        {
            output.WriteLine("None.");
        }
    }

    private static string TextOf(JsonNode? row, string path)
    {
        foreach (var part in path.Split('.'))
        {
            row = (row as JsonObject)?[part];
        }

        return row switch
        {
            null => string.Empty,
            JsonArray list => string.Join(", ", list.Select(i => i?.ToString())),
            JsonValue value when value.TryGetValue<double>(out var number) => number.ToString("0.######", CultureInfo.InvariantCulture),
            _ => row.ToString(),
        };
    }
}
