using System.Text;
using Microsoft.Azure.Functions.Worker;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>Runs a registered activity for its function: JSON in, JSON out, its failure as data.</summary>
public sealed class ActivityRunner(IEnumerable<ActivityRegistration> registrations, IServiceProvider services)
{
    private readonly Dictionary<string,
        ActivityRegistration> _registrations = registrations.ToDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>Runs it once.</summary>
    /// <param name="name">The name it is registered by.</param>
    /// <param name="instanceId">The orchestration that called it.</param>
    /// <param name="input">Its input.</param>
    /// <param name="cancellationToken">Cancelled when the host drains.</param>
    public async Task<Payload> RunAsync(string name, string instanceId, Payload input, CancellationToken cancellationToken)
    {
        var caller = CallerOf(instanceId);
        var json = Encoding.UTF8.GetBytes(input.Value?.GetRawText() ?? "null");
        try
        {
            // The host numbers calls, but does not tell the worker; callers name theirs in the input.
            var output = await _registrations[name].RunAsync(services, new ActivityContext(caller, name, -1), json, cancellationToken);
            return Payload.OfJson(output);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host is going down: thrown, so that the call is delivered again elsewhere.
            throw;
        }
        catch (Exception exception)
        {
            return Payload.Failed(FailureDetails.Of(exception));
        }
    }

    /// <summary>The instance that calls. Trigger metadata reaches the worker as text, by some hosts with the quotes of JSON.</summary>
    internal static string CallerOf(string instanceId) => instanceId.Trim('"');
}
