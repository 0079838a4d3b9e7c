namespace Weft.Embedded.Engine;

/// <summary>Something to run on the thread pool.</summary>
internal abstract class Work(Dispatcher dispatcher) : IThreadPoolWorkItem
{
    protected Dispatcher Dispatcher { get; } = dispatcher;

    void IThreadPoolWorkItem.Execute() => Dispatcher.Execute(this);

    /// <summary>Does the work. What it posts may follow on the same thread.</summary>
    public abstract void Run();
}
