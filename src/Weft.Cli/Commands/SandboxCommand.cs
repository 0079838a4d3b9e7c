using System.CommandLine;
using Weft.Sandbox;
using Weft.Sandbox.Faults;

namespace Weft.Cli.Commands;

/// <summary><c>weft sandbox</c>: the simulators alone, until Ctrl-C.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "The address to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:7080",
        };
        var faults = new Option<string?>("--faults") { Description = "A JSON file of faults to inject." };
        var log = new Option<string?>("--log") { Description = "A file that gets one JSON line for each exchange." };
        var tokens =
            new Option<bool>("--exact-tokens") { Description = "Count tokens with the models' vocabularies (2.5 s and 70 MB to load)." };
        var command = new Command("sandbox", "Runs loopback simulators of OpenAI, Anthropic and Composio.") { urls, faults, log, tokens };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faultFile = parsed.GetValue(faults);
            if (faultFile is not null && !File.Exists(faultFile))
            {
                throw new UsageException($"--faults names the file '{faultFile}', which does not exist.");
            }

            var options = new SandboxOptions
            {
                Urls = parsed.GetValue(urls)!,
                Faults = await ReadFaultsAsync(faultFile, cancellationToken),
                LogFile = parsed.GetValue(log),
                ExactTokens = parsed.GetValue(tokens),
            };
            ListenAddress.Parse(options.Urls);
            await using var server = await StartAsync(options, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"Sandbox listening on: {server.BaseAddress}");
            foreach (var (name, value) in server.EnvironmentVariables)
            {
                await output.WriteLineAsync($"export {name}={value}");
            }

            await output.FlushAsync(cancellationToken);
            await server.RunAsync(cancellationToken);
            return ExitCodes.Completed;
        });
        return command;
    }

    private static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxServer.StartAsync(options, cancellationToken);
        }
        catch (IOException taken) when (ListenAddress.IsTaken(taken))
        {
            throw ListenAddress.Taken(options.Urls);
        }
    }

    private static async Task<IReadOnlyList<FaultRule>> ReadFaultsAsync(string? file, CancellationToken cancellationToken)
    {
        try
        {
            return file is null ? [] : FaultRule.Parse(await File.ReadAllTextAsync(file, cancellationToken));
        }
        catch (FormatException broken)
        {
            throw new UsageException($"{file}: {broken.Message}");
        }
    }
}
