using Weft.Agents.Secrets;
using Weft.Agents.Tools;
using Weft.Cli.Hosting;
using Weft.Language.Definitions;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;

namespace Weft.Cli.Commands;

/// <summary>Tells a missing key before anything is started, rather than after.</summary>
internal static class Preflight
{
    private static readonly string[] ProviderSettings =
    [
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY", "GROQ_API_KEY", "GEMINI_API_KEY", "OLLAMA_BASE_URL",
        "OPENAI_BASE_URL",
    ];

    /// <exception cref="ConfigurationException">The workflow needs a model or an app's action, and there is no key for it.</exception>
    public static async Task CheckAsync(LocalHost host, string workflowId, bool sandbox, CancellationToken cancellationToken)
    {
        if (sandbox || await host.Get<WorkflowRegistry>().FindAsync(workflowId, cancellationToken) is not { } workflow)
        {
            return;
        }

        var steps = TaskTree.StepsOf(workflow.Definition).ToList();
        if (steps.Any(s => s.Step is AgentStep) && !await IsAnySetAsync(host, cancellationToken))
        {
            throw new ConfigurationException(
                $"'{workflowId}' calls language models, and no provider has a key. Set OPENAI_API_KEY or ANTHROPIC_API_KEY "
                + "(or OLLAMA_BASE_URL for local models), or try it with --sandbox.");
        }

        foreach (var provider in host.GetAll<IToolProvider>())
        {
            if (await provider.LacksAsync(workflow.Definition, cancellationToken) is { } lack)
            {
                throw new ConfigurationException($"'{workflowId}' {lack}, or try it with --sandbox.");
            }
        }
    }

    /// <summary>A failure that only settings can mend is told as one.</summary>
    public static async Task<int> ExitCodeOfAsync(ExecutionDocument document, bool sandbox, TextWriter error)
    {
        var calls = document.Trace.Nodes.SelectMany(n => n.ModelCalls).ToList();
        var unreachable = calls.Count > 0 && calls.All(c => c.Error is { } why
            && (why.StartsWith("auth:", StringComparison.Ordinal) || why.StartsWith("network:", StringComparison.Ordinal)));
        if (sandbox || !unreachable)
        {
            return ExitCodes.Failed;
        }

        await error.WriteLineAsync(
            "No provider could be used. Check the key and the address of each (OPENAI_API_KEY and OPENAI_BASE_URL, ANTHROPIC_API_KEY and "
            + "ANTHROPIC_BASE_URL).");
        return ExitCodes.Configuration;
    }

    // One that cannot be read counts: the call tells why.
    private static async Task<bool> IsAnySetAsync(LocalHost host, CancellationToken cancellationToken)
    {
        var values = await host.Get<SecretSource>().FindAsync(ProviderSettings, cancellationToken);
        return ProviderSettings.Any(n => values.Unreadable(n) is not null || values[n] is not null);
    }
}
