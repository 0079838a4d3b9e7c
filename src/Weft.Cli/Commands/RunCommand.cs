using System.CommandLine;
using System.Text.Json;
using Weft.Cli.Hosting;
using Weft.Cli.Output;
using Weft.Language;
using Weft.Language.Diagnostics;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Cli.Commands;

/// <summary><c>weft run</c>: one execution, from start to end, in this process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("FILE|ID")
        {
            Description = "A workflow file, or the id of one in the workflow folders.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var input = new Option<string?>("--input") { Description = "The input: a JSON object, @file, or @- for standard input." };
        var context = new Option<string?>("--context") { Description = "The context (conversation, customer …): a JSON object or @file." };
        var resume = new Option<string?>("--resume") { Description = "Go on with an execution that a crash left." };
        var (sandbox, json, data, folders) =
            (CommonOptions.Sandbox(), CommonOptions.Json(), CommonOptions.Data(), CommonOptions.Workflows());
        var command = new Command("run", "Runs one workflow to its end.") { target, input, context, resume, sandbox, json, data, folders };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new Run(
                parsed.GetValue(target),
                parsed.GetValue(resume),
                parsed.GetValue(input),
                parsed.GetValue(context),
                parsed.GetValue(json),
                new HostSettings
                {
                    DataFolder = parsed.GetValue(data)!,
                    Sandbox = parsed.GetValue(sandbox),
                    WorkflowFolders = CommonOptions.Folders(parsed.GetValue(folders)),
                });
            return await RunAsync(run, parsed.InvocationConfiguration, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Run run, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if ((run.Target is null) == (run.Resume is null))
        {
            throw new UsageException("Name a workflow file or id, or --resume an execution.");
        }

        var input = await JsonArgument.ReadAsync(run.Input, "--input", cancellationToken);
        var context = await JsonArgument.ReadAsync(run.Context, "--context", cancellationToken);
        var file = run.Target is not null && File.Exists(run.Target) ? run.Target : null;
        if (file is null && run.Target is { } named && (named.Contains('/') || Path.GetExtension(named) is ".yaml" or ".yml" or ".json"))
        {
            throw new UsageException($"There is no file '{named}'.");
        }

        if (run.Resume is null)
        {
            // Each run meets a fresh shop; going on with a run meets the one that it left.
            LocalHost.ForgetSandbox(run.Settings.DataFolder);
        }

        await using var host = await LocalHost.StartAsync(run.Settings, cancellationToken);
        string executionId;
        if (run.Resume is { } left)
        {
            executionId = (await host.Get<ExecutionService>().GetAsync(left, cancellationToken)).ExecutionId;
        }
        else
        {
            var workflowId = file is null ? run.Target! : await RegisterAsync(host, file, console, cancellationToken);
            if (workflowId is null)
            {
                return ExitCodes.Failed;
            }

            await Preflight.CheckAsync(host, workflowId, run.Settings.Sandbox, cancellationToken);
            try
            {
                var start = new StartExecution(workflowId, input, context) { StartedBy = "cli" };
                executionId = (await host.Get<ExecutionStarter>().StartAsync(start, cancellationToken)).ExecutionId;
            }
            catch (InvalidInputException invalid)
            {
                await console.Error.WriteLineAsync(invalid.Message);
                foreach (var fault in invalid.Faults)
                {
                    await console.Error.WriteLineAsync($"  {fault.Path}: {fault.Message}");
                }

                return ExitCodes.Failed;
            }
        }

        var document = await FollowAsync(host, executionId, run, console, cancellationToken);
        if (run.Json)
        {
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(document, WeftJson.Indented));
        }
        else
        {
            ExecutionReport.Write(document, console.Output);
        }

        return document.Status switch
        {
            ExecutionStatus.Completed or ExecutionStatus.Partial => ExitCodes.Completed,
            ExecutionStatus.Cancelled => ExitCodes.Cancelled,
            _ => await Preflight.ExitCodeOfAsync(document, run.Settings.Sandbox, console.Error),
        };
    }

    private static async Task<string?> RegisterAsync(
        LocalHost host, string file, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var options = new PutWorkflowOptions { File = file, Source = Path.GetFullPath(file) };
        var (registry, member) = (host.Get<WorkflowRegistry>(), ProjectFolder.LoadMember(file));
        var put = member switch
        {
            null => await registry.PutAsync(text, options, cancellationToken),
            { HasErrors: false, Definition: { } definition } => await registry.PutAsync(definition, text, options, cancellationToken),
            _ => null,
        };
        foreach (var diagnostic in (member?.Diagnostics ?? []).Concat(put?.Diagnostics ?? []))
        {
            await console.Error.WriteLineAsync(diagnostic.ToString());
        }

        return put?.Version?.Id;
    }

    private static async Task<ExecutionDocument> FollowAsync(
        LocalHost host, string executionId, Run run, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var executions = host.Get<ExecutionService>();
        var progress = new LiveProgress(console.Error, run.Settings.Sandbox);
        progress.Begin((await executions.GetAsync(executionId, cancellationToken)).WorkflowId, executionId);
        try
        {
            await foreach (var instance in host.Get<IOrchestrationClient>().WatchAsync(executionId, cancellationToken))
            {
                if (instance.CustomStatus?.Deserialize<ExecutionProgress>(WeftJson.Options) is { } now)
                {
                    progress.Show(now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("Cancelling the execution …");
            await executions.CancelAsync(executionId, "Cancelled from the command line.", CancellationToken.None);
        }
        catch (InstanceNotFoundException)
        {
            // It ended so long ago that its history is gone; its record tells the rest.
        }

        var document = await executions.GetAsync(executionId, CancellationToken.None);
        progress.End(document);
        return document;
    }

    private sealed record Run(
        string? Target, string? Resume, string? Input, string? Context, bool Json, HostSettings Settings);
}
