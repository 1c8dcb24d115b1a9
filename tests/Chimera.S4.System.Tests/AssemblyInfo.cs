using Xunit;

// Two cores: three stories at a time keep them busy while others wait for the exchange's fence.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
