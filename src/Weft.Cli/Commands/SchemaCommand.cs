using System.CommandLine;
using Weft.Language;
using Weft.Language.Loading;

namespace Weft.Cli.Commands;

/// <summary><c>weft schema</c>: the JSON Schema of a dialect, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var dialect = new Argument<string>("DIALECT") { Description = string.Join(", ", LanguageSchema.Kinds) + "." };
        var names = LanguageSchema.Kinds.ToArray();
        dialect.AcceptOnlyFromAmong(names);
        var command = new Command("schema", "Prints the JSON Schema of a kind of file.") { dialect };
        command.SetAction(async (parsed, _) =>
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                LanguageSchema.For(parsed.GetValue(dialect)!).ToJsonString(WeftJson.Indented));
            return ExitCodes.Completed;
        });
        return command;
    }
}
