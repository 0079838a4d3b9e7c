using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Weft.Cli.Commands;
using Weft.Language;

namespace Weft.Cli;

/// <summary>The command <c>weft</c>: what it can do, and how its faults are told.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs one command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Weft runs AI-agent workflows that people write in YAML, durably.")
        {
            RunCommand.Create(),
            ServeCommand.Create(),
            ValidateCommand.Create(),
            GraphCommand.Create(),
            SchemaCommand.Create(),
            SandboxCommand.Create(),
            ExecutionsCommand.Create(),
            AgentsCommand.Create(),
            ModelsCommand.Create(),
            ToolsCommand.Create(),
            CostsCommand.Create(),
        };

        // "@file" is a value of --input, not a file of further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            await error.WriteLineAsync($"Run 'weft {CommandPath(parsed)}--help' for how it is used.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            });
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (ConfigurationException missing)
        {
            await error.WriteLineAsync(missing.Message);
            return ExitCodes.Configuration;
        }
        catch (OptionsValidationException invalid)
        {
            await error.WriteLineAsync($"A setting is out of range. {string.Join(' ', invalid.Failures)}");
            return ExitCodes.Configuration;
        }
        catch (ValidationException invalid)
        {
            await error.WriteLineAsync($"A setting is out of range. {invalid.Message}");
            return ExitCodes.Configuration;
        }
        catch (InvalidOperationException unreadable)
            when (unreadable.InnerException is FormatException or ArgumentException or OverflowException)
        {
            await error.WriteLineAsync($"A setting cannot be read. {unreadable.Message}");
            return ExitCodes.Configuration;
        }
        catch (InvalidDataException unreadable)
        {
            await error.WriteLineAsync($"{unreadable.Message} {unreadable.GetBaseException().Message}");
            return ExitCodes.Configuration;
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            await error.WriteLineAsync(
                $"{denied.Message} Check that the data folder (--data) exists or can be made, and that this user may write to it.");
            return ExitCodes.Configuration;
        }
        catch (WeftException failed)
        {
            await error.WriteLineAsync($"{failed.Code}: {failed.Message}");
            return ExitCodes.Of(failed.Fault);
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Parent is CommandResult parent; result = parent)
        {
            names.Push(result.Command.Name);
        }

        return string.Concat(names.Select(n => n + " "));
    }
}
