using Microsoft.DurableTask;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>An orchestration's failure on its way through the durable engine, which keeps an exception's type and message only.</summary>
public sealed class DurableFailureException(FailureDetails failure) : Exception(FailureText.Write(failure))
{
    /// <summary>The failure that a durable task reported, ours when it came from here.</summary>
    public static FailureDetails Read(TaskFailureDetails details) => FailureText.Read(
        details.ErrorType, details.ErrorMessage, details.InnerFailure is { } inner ? Read(inner) : null);
}
