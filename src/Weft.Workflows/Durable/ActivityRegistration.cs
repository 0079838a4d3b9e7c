using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>Names an activity and says how it is made: what a module adds to the services, and every host enumerates.</summary>
/// <remarks>
/// <c>services.AddSingleton(ActivityRegistration.Of&lt;TInput, TOutput&gt;("CallModel", s => s.GetRequiredService&lt;CallModel&gt;()))</c>.
/// Names are unique within a host, and are part of every stored history: a renamed activity breaks the instances that run.
/// </remarks>
public abstract class ActivityRegistration
{
    private protected ActivityRegistration(string name) => Name = name;

    /// <summary>Gets the name by which orchestrators call it.</summary>
    public string Name { get; }

    /// <summary>Gets the type of its input.</summary>
    public abstract Type InputType { get; }

    /// <summary>Gets the type of its result.</summary>
    public abstract Type OutputType { get; }

    /// <summary>Registers an activity. The factory is asked once a call; it may answer the same object each time.</summary>
    public static ActivityRegistration<TInput, TOutput> Of<TInput, TOutput>(
        string name, Func<IServiceProvider, IActivity<TInput, TOutput>> factory) => new(name, factory);

    /// <summary>Makes the activity and runs it once, from JSON to JSON (<see cref="WeftJson.Options"/>, UTF-8).</summary>
    public abstract Task<byte[]> RunAsync(
        IServiceProvider services, ActivityContext context, ReadOnlyMemory<byte> inputJson, CancellationToken cancellationToken);
}

/// <inheritdoc cref="ActivityRegistration"/>
public sealed class ActivityRegistration<TInput, TOutput> : ActivityRegistration
{
    private static readonly JsonTypeInfo<TInput> InputInfo = (JsonTypeInfo<TInput>)WeftJson.Options.GetTypeInfo(typeof(TInput));
    private static readonly JsonTypeInfo<TOutput> OutputInfo = (JsonTypeInfo<TOutput>)WeftJson.Options.GetTypeInfo(typeof(TOutput));

    internal ActivityRegistration(string name, Func<IServiceProvider, IActivity<TInput, TOutput>> factory)
        : base(name) => Factory = factory;

    /// <summary>Gets what makes the activity.</summary>
    public Func<IServiceProvider, IActivity<TInput, TOutput>> Factory { get; }

    /// <inheritdoc/>
    public override Type InputType => typeof(TInput);

    /// <inheritdoc/>
    public override Type OutputType => typeof(TOutput);

    /// <inheritdoc/>
    public override Task<byte[]> RunAsync(
        IServiceProvider services, ActivityContext context, ReadOnlyMemory<byte> inputJson, CancellationToken cancellationToken)
    {
        var running = Factory(services).RunAsync(context, Read(inputJson.Span), cancellationToken);
        return running.IsCompletedSuccessfully ? Task.FromResult(Write(running.Result)) : AwaitAsync(running);
    }

    private static async Task<byte[]> AwaitAsync(Task<TOutput> running) => Write(await running);

    private static byte[] Write(TOutput output) => JsonSerializer.SerializeToUtf8Bytes(output, OutputInfo);

    private TInput Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, InputInfo)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ActivityException(
                "invalid_activity_input",
                Fault.Internal,
                $"Activity '{Name}' takes a {typeof(TInput).Name}, and its input is none: {exception.Message}",
                innerException: exception);
        }
    }
}
